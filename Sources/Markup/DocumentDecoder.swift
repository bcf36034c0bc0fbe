/// Turns a document into UTF-8 as it comes: its encoding is found by what it and HTTP say, then by its bytes.
///
/// Text is handed on up to the first byte beyond ASCII. From there on a sample is held until it is large enough to be
/// judged, so that how the document comes changes nothing.
public struct DocumentDecoder: Sendable {
    /// A decision that the bytes forced.
    public struct Decision: Sendable, Hashable {
        /// Where in the decoded document it was taken.
        public let offset: Int
        /// One sentence for people.
        public let message: String
    }

    private enum Phase: Sendable {
        /// The first bytes, until what was said is known.
        case start
        case ascii
        /// A sample is held.
        case sample
        case settled
    }

    /// Bytes beyond ASCII that are enough for a sample.
    public static let sampleCharacters = 512
    /// Bytes that are enough for one, whatever they are.
    public static let maxSampleBytes = 32 << 10

    private let charset: String?
    private var phase = Phase.start
    private var isDeclared = false
    /// Bytes not decoded yet: the start, or the sample.
    private var held: [UInt8] = []
    /// How far the sample was looked at, and the bytes beyond ASCII in it.
    private var seen = (bytes: 0, beyondASCII: 0)
    private var decoder = TextDecoder(encoding: .utf8)
    private var decodedBytes = 0

    /// The encoding, as far as it is known.
    public private(set) var encoding = TextEncoding.utf8
    /// Bytes of the byte order mark.
    public private(set) var markLength = 0
    /// A label in the document or header that was passed over.
    public private(set) var ignoredLabel: String?
    /// The decision that the bytes forced, if there was one.
    public private(set) var decision: Decision?

    /// A decoder at the start of a document. `charset` is what HTTP says.
    public init(charset: String? = nil) { self.charset = charset }

    /// What can be handed on with these bytes; what is malformed gives U+FFFD, but stays in UTF-8.
    public mutating func decode(_ bytes: [UInt8]) -> [UInt8] { step(bytes, isLast: false) }

    /// Ends the document and decodes what was held back.
    public mutating func finish() -> [UInt8] {
        let output = step([], isLast: true)
        return output + decoder.finish()
    }

    private mutating func step(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
        switch phase {
        case .start:
            held.append(contentsOf: bytes)
            guard let found = EncodingDetector.detect(held, charset: charset, isWhole: isLast) else {
                return []
            }
            return begin(found, isLast: isLast)
        case .ascii: return passASCII(bytes, isLast: isLast)
        case .sample:
            held.append(contentsOf: bytes)
            return judge(isLast: isLast)
        case .settled: return decoder.decode(bytes)
        }
    }

    private mutating func begin(_ found: EncodingDetector.Finding, isLast: Bool) -> [UInt8] {
        markLength = found.markLength
        ignoredLabel = found.ignoredLabel
        isDeclared = found.isDeclared
        settle(found.encoding)
        let first = Array(held.dropFirst(markLength))
        held = []
        // A mark is certain, and in other encodings bytes of ASCII are not always its characters.
        guard markLength == 0, encoding.leavesMarkupAlone else { return decoder.decode(first) }
        phase = .ascii
        return passASCII(first, isLast: isLast)
    }

    private mutating func passASCII(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
        let start = ByteScan.indexBeyondASCII(in: bytes.span) ?? bytes.count
        let passed = start == bytes.count ? decoder.decode(bytes) : decoder.decode(Array(bytes[..<start]))
        decodedBytes += passed.count
        guard start < bytes.count else { return passed }
        phase = .sample
        held = Array(bytes[start...])
        return passed + judge(isLast: isLast)
    }

    /// Judges the sample once it is large enough, or the document is whole.
    private mutating func judge(isLast: Bool) -> [UInt8] {
        guard growSample() || isLast else { return [] }
        let said = encoding
        phase = .settled
        switch EncodingGuess.verdict(on: Array(held[..<seen.bytes]), said: said) {
        case .asSaid: break
        case .strayBytes: decide("bytes that are not UTF-8 were read as windows-1252")
        case .other(let found, let label):
            settle(found)
            decide(
                "the bytes are not \(said.name)\(isDeclared ? " as declared" : ""); they were read as \(label)"
            )
        }
        let bytes = held
        held = []
        return decoder.decode(bytes)
    }

    /// Goes on to where the sample is large enough, which is not within a character if that can be helped. False when
    /// it is still too small.
    private mutating func growSample() -> Bool {
        while seen.bytes < held.count, seen.bytes < Self.maxSampleBytes {
            let byte = held[seen.bytes]
            // No second byte of a character is below 0x40, but for the digits of GB18030.
            if byte < 0x40, !byte.isASCIIDigit, seen.beyondASCII >= Self.sampleCharacters { return true }
            if byte >= 0x80 { seen.beyondASCII += 1 }
            seen.bytes += 1
        }
        return seen.bytes == Self.maxSampleBytes
    }

    private mutating func settle(_ found: TextEncoding) {
        encoding = found
        decoder = TextDecoder(encoding: found)
        phase = .settled
    }

    private mutating func decide(_ message: String) {
        decision = Decision(offset: decodedBytes, message: message)
    }
}

extension DocumentDecoder {
    /// A whole document as UTF-8.
    public static func decode(_ bytes: [UInt8], charset: String? = nil) -> [UInt8] {
        var decoder = DocumentDecoder(charset: charset)
        let output = decoder.decode(bytes)
        return output + decoder.finish()
    }
}
