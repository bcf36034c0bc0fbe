/// Header text as bytes: one scalar for each byte, so that nothing is lost on the way in and out.
enum Latin1 {
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        var scalars = String.UnicodeScalarView()
        for byte in bytes { scalars.append(Unicode.Scalar(byte)) }
        return String(scalars)
    }

    /// The bytes of `text`; as UTF-8 if it holds what Latin-1 has not.
    static func bytes(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            guard scalar.value <= 0xFF else { return Array(text.utf8) }
            bytes.append(UInt8(scalar.value))
        }
        return bytes
    }
}
