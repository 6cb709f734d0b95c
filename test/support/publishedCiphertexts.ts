/** The ciphertext in the Go SDK's own tests (workos-go 4, `pkg/vault/cryptography_test.go`). Its IV has 32 bytes. */
export const goVector = {
	text: 'hp2N0+hNnd4fYJikRre/1FtNE77Nn4Zi1q781iDv2dq5zpsMyXo1VT8UF2PC2NdXzgFXT1MuRUtNLnYxADAyMDVlMGVjLTgyOGUtNTU5NC05NmFjLWE2OGZjODI1N2ZiNwEBMQEkY2YyOWU2OGEtZjMyZC00MjhhLTk0ODYtNjliMDIzYmY2NTI0AXRjZjI5ZTY4YS1mMzJkLTQyOGEtOTQ4Ni02OWIwMjNiZjY1MjS5Fed5aLiPyIk3i9glB8ZYlUOGTeiCRmZR1rznsYoY+Cd6jTHD4zs7lOD9nVZt889z4LmdxSmPWwfPktRpTq5LIA7jx/gJ2krd2fpSMStFQ5ai/gJ1h2aXp46PyHNJ',
	plaintext: 'secret api key',
	dataKey: 'hNjAWl++MJjDZ64dUeYlgJZDEbemRmdKvNHUnnRFUNg=',
	dataKeyId: '0205e0ec-828e-5594-96ac-a68fc8257fb7',
	encryptedKeys:
		'V09TLkVLTS52MQAwMjA1ZTBlYy04MjhlLTU1OTQtOTZhYy1hNjhmYzgyNTdmYjcBATEBJGNmMjllNjhhLWYzMmQtNDI4YS05NDg2LTY5YjAyM2JmNjUyNAF0Y2YyOWU2OGEtZjMyZC00MjhhLTk0ODYtNjliMDIzYmY2NTI0uRXneWi4j8iJN4vYJQfGWJVDhk3ogkZmUda857GKGPgneo0xw+M7O5Tg/Z1WbfPPc+C5ncUpj1sHz5LUaU6uSyAO48f4CdpK3dn6UjErRUM=',
	iv: '869d8dd3e84d9dde1f6098a446b7bfd45b4d13becd9f8662d6aefcd620efd9da',
	tag: 'b9ce9b0cc97a35553f141763c2d8d757',
};

/** A ciphertext that the Node SDK 11.0.0 was seen to decrypt, under the data key of `envelopes.ts`. */
export const foreign = {
	text: 'oKGio6SlpqeoqaqrmEtZ89dWQU/L8TSRlmMjq5ABc2FtcGxlLWtleS1ibG9iLXNhbXBsZS1rZXktYmxvYi1zYW1wbGUta2V5LWJsb2Itc2FtcGxlLWtleS1ibG9iLXNhbXBsZS1rZXktYmxvYi1zYW1wbGUta2V5LWJsb2Itc2FtcGxlLWtleS1ibG9iLXNhbXBsZS1rZXktYmxvYi1zYW1wbGUta2V5LWJsb2ItltvfQmWvZ58TEOK6bRU=',
	plaintext: 'pão de queijo',
	associatedData: 'row-17',
	encryptedKeys: Buffer.from('sample-key-blob-'.repeat(9)).toString('base64'),
};
