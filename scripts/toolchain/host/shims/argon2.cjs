'use strict';
// Stands in for argon2, a native module without a prebuilt file: it hashes code-server's password, and there is none.
