/// Whether a gzip body has arrived to its end. libcurl decodes what comes and does not notice that more should
/// have come; a gzip stream closes with the length of what it holds, modulo 2^32 (RFC 1952 section 2.3.1).
struct GzipEnd {
    private var last: [UInt8] = []
    private var count = 0

    /// Only of a body that is gzip and nothing else; in chunks the framing tells better.
    static func canTell(_ headers: HTTPHeaders) -> Bool {
        guard let encoding = headers.joined("Content-Encoding")?.lowercased(),
            headers["Transfer-Encoding"] == nil
        else { return false }
        return encoding == "gzip" || encoding == "x-gzip"
    }

    mutating func see(_ bytes: UnsafeRawBufferPointer) {
        count += bytes.count
        last = Array((last + Array(bytes.suffix(4))).suffix(4))
    }

    /// Whether the stream's own length is `decodedBytes`. An empty body is not a stream at all, and whole.
    func fits(decodedBytes: Int) -> Bool {
        if count == 0 { return true }
        // A header of 10 bytes and a trailer of 8 frame every member.
        guard count >= 18, last.count == 4 else { return false }
        let length = last.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return length == UInt32(truncatingIfNeeded: decodedBytes)
    }
}
