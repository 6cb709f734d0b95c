'use strict';
// Stands in for the native part of @napi-rs/keyring, on a system without a keychain: a real one is the person's own,
// whatever HOME a test sets (on Linux it can be the kernel's).
class Entry {
	getPassword() {
		throw new Error('No such keychain');
	}
	setPassword() {
		throw new Error('No such keychain');
	}
	deletePassword() {
		throw new Error('No such keychain');
	}
}

module.exports = { Entry };
