#ifndef CCRYPTO_H
#define CCRYPTO_H

#include <stddef.h>
#include <stdint.h>

/// SHA-256 of `length` bytes into 32 bytes at `digest`. 1 if done, 0 if libcrypto refused.
int ccrypto_sha256(const uint8_t *bytes, size_t length, uint8_t *digest);

/// HMAC-SHA256 (RFC 2104) into 32 bytes at `code`. 1 if done, 0 if libcrypto refused.
int ccrypto_hmac_sha256(const uint8_t *key, size_t key_length, const uint8_t *bytes, size_t length, uint8_t *code);

#endif
