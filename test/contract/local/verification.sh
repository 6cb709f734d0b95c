#!/usr/bin/env bash
# The verification commands of the seed's catalogue, against a vault of your choice. They need bash, curl and jq, and
# two variables: LOCAL_VAULT_URL, such as http://127.0.0.1:44701, and WORKOS_API_KEY.
# The commands stay as the catalogue prints them, but for the host, the line continuations and the comment marks.
: "${LOCAL_VAULT_URL:?is the address that Local Vault prints when it starts}"
: "${WORKOS_API_KEY:?is the API key that Local Vault prints when it starts}"

# Test Authentication

curl -X GET ${LOCAL_VAULT_URL}/vault/object/list \
-H "Authorization: Bearer ${WORKOS_API_KEY}" \
-w "\nHTTP Status: %{http_code}\n"

# Expected: Status 200 with JSON response

# Test Full Object Lifecycle

# 1. Create object

OBJECT_ID=$(curl -s -X POST ${LOCAL_VAULT_URL}/vault/object/create \
-H "Authorization: Bearer ${WORKOS_API_KEY}" \
-H "Content-Type: application/json" \
-d '{ "name": "test_object_'$(date +%s)'", "data": {"test": "value"} }' | jq -r '.id')

echo "Created object: $OBJECT_ID"

# 2. Retrieve object

curl -X GET "${LOCAL_VAULT_URL}/vault/object/get?id=$OBJECT_ID" \
-H "Authorization: Bearer ${WORKOS_API_KEY}"

# 3. Update object

curl -X PUT ${LOCAL_VAULT_URL}/vault/object/update \
-H "Authorization: Bearer ${WORKOS_API_KEY}" \
-H "Content-Type: application/json" \
-d '{ "id": "'$OBJECT_ID'", "data": {"test": "updated_value"} }'

# 4. Delete object

curl -X DELETE ${LOCAL_VAULT_URL}/vault/object/delete \
-H "Authorization: Bearer ${WORKOS_API_KEY}" \
-H "Content-Type: application/json" \
-d '{"id": "'$OBJECT_ID'"}'

# Test Key Management Flow

# 1. Create data key

KEY_RESPONSE=$(curl -s -X POST ${LOCAL_VAULT_URL}/vault/key/create-data-key \
-H "Authorization: Bearer ${WORKOS_API_KEY}" \
-H "Content-Type: application/json")

PLAINTEXT_KEY=$(echo $KEY_RESPONSE | jq -r '.plaintext_key') ENCRYPTED_KEY=$(echo $KEY_RESPONSE | jq -r '.encrypted_key')

echo "Plaintext Key: $PLAINTEXT_KEY" echo "Encrypted Key: $ENCRYPTED_KEY"

# 2. Encrypt data

CIPHERTEXT=$(curl -s -X POST ${LOCAL_VAULT_URL}/vault/key/encrypt-data \
-H "Authorization: Bearer ${WORKOS_API_KEY}" \
-H "Content-Type: application/json" \
-d '{ "plaintext": "secret data", "data_key": "'$PLAINTEXT_KEY'" }' | jq -r '.ciphertext')

echo "Ciphertext: $CIPHERTEXT"

# 3. Decrypt data

curl -X POST ${LOCAL_VAULT_URL}/vault/key/decrypt-data \
-H "Authorization: Bearer ${WORKOS_API_KEY}" \
-H "Content-Type: application/json" \
-d '{ "ciphertext": "'$CIPHERTEXT'", "data_key": "'$PLAINTEXT_KEY'" }'
