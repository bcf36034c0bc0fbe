import CCrypto

/// SHA-256 and what is built on it, by libcrypto.
enum Hashing {
    /// 32 bytes. Throws only when libcrypto refuses, which is a fault of the installation.
    static func sha256(_ bytes: [UInt8]) throws(AlertingError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        guard ccrypto_sha256(bytes, bytes.count, &digest) == 1 else {
            throw AlertingError(code: .crypto, message: "libcrypto computed no SHA-256")
        }
        return digest
    }

    /// 32 bytes (RFC 2104).
    static func hmacSHA256(key: [UInt8], _ bytes: [UInt8]) throws(AlertingError) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: 32)
        guard ccrypto_hmac_sha256(key, key.count, bytes, bytes.count, &code) == 1 else {
            throw AlertingError(code: .crypto, message: "libcrypto computed no HMAC-SHA256")
        }
        return code
    }

    /// RFC 4648 base32 in lower case without padding: letters and digits that survive any channel.
    static func base32(_ bytes: some Collection<UInt8>) -> String {
        let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
        var out: [UInt8] = []
        var buffer = 0
        var bits = 0
        for byte in bytes {
            buffer = (buffer << 8 | Int(byte)) & 0xFFF
            bits += 8
            while bits >= 5 {
                bits -= 5
                out.append(alphabet[buffer >> bits & 31])
            }
        }
        if bits > 0 { out.append(alphabet[buffer << (5 - bits) & 31]) }
        return String(decoding: out, as: UTF8.self)
    }
}
