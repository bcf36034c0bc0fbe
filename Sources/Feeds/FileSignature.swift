/// Kinds of files that are sent in a feed's place, known by their first bytes.
enum FileSignature {
    /// Bytes of the longest.
    static let length = 6

    /// What the bytes are, for a message; nil when they may be text.
    static func name(of bytes: [UInt8]) -> String? {
        signatures.first { bytes.starts(with: $0.bytes) }?.name
    }

    /// RFC 1952, 2.3.1; APPNOTE.TXT 4.3.7; RFC 8878, 3.1.1; the .xz format, 2.1.1.1; bzip2; ISO 32000-1, 7.5.2.
    private static let signatures: [(bytes: [UInt8], name: String)] = [
        ([0x1F, 0x8B], "gzip data that was not unpacked"),
        ([0x50, 0x4B, 0x03, 0x04], "a ZIP archive"),
        ([0x28, 0xB5, 0x2F, 0xFD], "Zstandard data that was not unpacked"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "xz data that was not unpacked"),
        ([0x42, 0x5A, 0x68], "bzip2 data that was not unpacked"),
        ([0x25, 0x50, 0x44, 0x46, 0x2D], "a PDF file"),
    ]
}
