/**
 * A certificate that really is one, for who wants to see when it expires: until 27 November 2036. It signs itself, for a name
 * that nobody can have; its private key was thrown away.
 */
export const certificate = `-----BEGIN CERTIFICATE-----
MIICHzCCAcagAwIBAgIUXI/LmK6dQZTqqHe0qzxyw4gUjHswCgYIKoZIzj0EAwIw
PzEbMBkGA1UECgwST2FrICYgQW52aWwgU3R1ZGlvMSAwHgYDVQQDDBd3d3cub2Fr
YW5kYW52aWwuZXhhbXBsZTAeFw0yNjExMzAwMDQ1NTlaFw0zNjExMjcwMDQ1NTla
MD8xGzAZBgNVBAoMEk9hayAmIEFudmlsIFN0dWRpbzEgMB4GA1UEAwwXd3d3Lm9h
a2FuZGFudmlsLmV4YW1wbGUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQ8LyA+
6IH/MBP1fkcGUsD91+fYjzUQD3DQLOR45asViUfSMQgmFrT0UEMesUiJHDT9ORK8
XtkSefHx8CLBXAXDo4GfMIGcMB0GA1UdDgQWBBS39oC/13gv0M2A4NuoDo4z0lNq
PzAfBgNVHSMEGDAWgBS39oC/13gv0M2A4NuoDo4z0lNqPzA3BgNVHREEMDAughd3
d3cub2FrYW5kYW52aWwuZXhhbXBsZYITb2FrYW5kYW52aWwuZXhhbXBsZTAMBgNV
HRMBAf8EAjAAMBMGA1UdJQQMMAoGCCsGAQUFBwMBMAoGCCqGSM49BAMCA0cAMEQC
IAJnK4s9p4AEb+iqENcC0TnJrUBiImfU6j4kp7KpwMcyAiA0pvo4Rst8ItFieGAl
uv0Osk5d0Dy9c4owLoUpIbNeww==
-----END CERTIFICATE-----
`;
