/// A text as `CopyAlphabet` folds it: words as UTF-8, each closed by a space; characters that are units count as words.
///
/// One pass writes it, sixteen bytes at a time as long as they are ASCII and no letter acts on its neighbour; a second
/// one cuts it into words and hashes them, sixteen bytes at a time.
struct FoldedText: ~Copyable {
    /// Bytes that one code point may become: eighteen letters (U+FDFA), four bytes each, and the spaces around.
    private static let mostPerScalar = 80
    /// Spaces behind the end, so that a word can be read in blocks.
    private static let padding = 32
    private static let space: UInt8 = 0x20

    private var bytes: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private var count = 1

    /// `capacity`: bytes of the text to come; more are taken when they are needed.
    init(capacity: Int) {
        self.capacity = capacity + Self.mostPerScalar + Self.padding
        bytes = .allocate(capacity: self.capacity)
        // A space in front: every letter has a predecessor.
        bytes[0] = Self.space
    }

    deinit { bytes.deallocate() }

    // MARK: Folding

    /// What a text may want done before it can be folded.
    enum Want { case nothing, freedOfMarkup, composed }

    /// Takes in a text of valid UTF-8, up to the first place that shows what has to be done with it before; once that is
    /// done, what shows it stands for itself.
    mutating func fold(
        _ source: UnsafeBufferPointer<UInt8>, isFreed: Bool = false, isComposed: Bool = false
    ) -> Want {
        let alphabet = CopyAlphabet.shared
        return alphabet.entries.withUnsafeBufferPointer { entries in
            var index = 0
            while index < source.count {
                if index > 0 {
                    index = foldPlain(source, from: index)
                    if index == source.count { break }
                }
                repeat {
                    reserve()
                    let value = Self.scalar(source, &index)
                    if !isFreed, value == 0x26 || value == 0x3C { return .freedOfMarkup }
                    if value >= 0x1_0000 {
                        guard let scalar = Unicode.Scalar(value) else { continue }
                        for entry in CopyAlphabet.fold(scalar) { take(simple: entry) }
                    } else if !take(entries[Int(value)], alphabet.expansions, isComposed) {
                        return .composed
                    }
                    // Where code points are not ASCII their neighbours seldom are.
                } while index < source.count
                    && (source[index] >= 0x80 || index + 1 < source.count && source[index + 1] >= 0x80)
            }
            return .nothing
        }
    }

    /// Folds blocks of ASCII up to the first byte that wants a closer look, and returns where that is. Never called
    /// for the first byte of a text.
    private mutating func foldPlain(_ source: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let input = UnsafeRawPointer(source.baseAddress.unsafelyUnwrapped)
        var index = start
        while source.count - index >= 16 {
            reserve()
            let raw = input.loadUnaligned(fromByteOffset: index, as: Block.self)
            var before = input.loadUnaligned(fromByteOffset: index - 1, as: Block.self)
            // What stands before may have been folded into something else.
            before[0] = bytes[count - 1]
            UnsafeMutableRawPointer(bytes + count).storeBytes(of: Self.folded(raw), as: Block.self)
            let plain = Self.plainPrefix(raw, after: before)
            index += plain
            count += plain
            if plain < 16 { return index }
        }
        return index
    }

    /// What `CopyAlphabet` says of ASCII letters, digits and separators.
    @inline(__always)
    private static func folded(_ raw: Block) -> Block {
        // Small letters and digits have this bit already.
        let lower = raw | all(0x20)
        let isWord = mask((lower &- all(0x61)) .< all(26)) | mask((raw &- all(0x30)) .< all(10))
        let words = (lower & isWord) | (all(space) & ~isWord)
        let isOne = equal(words, 0x6C) | equal(words, 0x31)
        let isZero = equal(words, 0x30)
        return (words & ~(isOne | isZero)) | (all(0x69) & isOne) | (all(0x6F) & isZero)
    }

    /// How many bytes at the front neither vanish nor change with the one before (`put`), are ASCII, and begin no markup.
    @inline(__always)
    private static func plainPrefix(_ raw: Block, after before: Block) -> Int {
        let this = raw | all(0x20)
        let last = before | all(0x20)
        let vowel = equal(last, 0x61) | equal(last, 0x6F) | equal(last, 0x75) | equal(last, 0x30)
        let joins =
            (equal(this, 0x65) & vowel) | (equal(this, 0x6E) & equal(last, 0x72))
            | (equal(this, 0x76) & equal(last, 0x76))
        let odd =
            equal(raw, 0x26) | equal(raw, 0x27) | equal(raw, 0x3C) | equal(raw, 0x60) | equal(raw, 0x7C)
            | mask(raw .>= all(0x7F))
        let halves = unsafeBitCast(joins | odd, to: SIMD2<UInt64>.self)
        if halves.x != 0 { return halves.x.trailingZeroBitCount >> 3 }
        if halves.y != 0 { return 8 + halves.y.trailingZeroBitCount >> 3 }
        return 16
    }

    // Between vectors, and with masks as vectors, the compiler makes one instruction of each of these; the operators
    // that take a scalar, and `replacing(with:where:)`, become sixteen steps in Swift 6.3 (a hundredfold).
    private typealias Block = SIMD16<UInt8>

    @inline(__always)
    private static func all(_ byte: UInt8) -> Block { Block(repeating: byte) }

    @inline(__always)
    private static func equal(_ block: Block, _ byte: UInt8) -> Block { mask(block .== all(byte)) }

    /// 0xFF where true.
    @inline(__always)
    private static func mask(_ isTrue: SIMDMask<SIMD16<Int8>>) -> Block {
        unsafeBitCast(isTrue, to: Block.self)
    }

    @inline(__always)
    private static func scalar(_ source: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> UInt32 {
        let byte = source[index]
        index += 1
        if byte < 0x80 { return UInt32(byte) }
        let length = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : 1
        var value = UInt32(byte) & (byte >= 0xF0 ? 0x07 : byte >= 0xE0 ? 0x0F : 0x1F)
        let end = min(index + length, source.count)
        while index < end {
            value = value << 6 | UInt32(source[index] & 0x3F)
            index += 1
        }
        return value
    }

    @inline(__always)
    private mutating func take(
        _ entry: CopyAlphabet.Entry, _ expansions: [[CopyAlphabet.Entry]], _ isComposed: Bool
    ) -> Bool {
        let kind = entry.kind
        if kind == CopyAlphabet.Entry.Kind.expansion.rawValue {
            for part in expansions[Int(entry.value)] { take(simple: part) }
        } else if kind == CopyAlphabet.Entry.Kind.composing.rawValue {
            if !isComposed { return false }
            put(entry.value)
        } else {
            take(simple: entry)
        }
        return true
    }

    /// An entry that is no expansion, or a part of one.
    @inline(__always)
    private mutating func take(simple entry: CopyAlphabet.Entry) {
        let kind = entry.kind
        if kind == CopyAlphabet.Entry.Kind.letter.rawValue {
            put(entry.value)
        } else if kind == CopyAlphabet.Entry.Kind.separator.rawValue {
            close()
        } else if kind == CopyAlphabet.Entry.Kind.character.rawValue {
            close()
            append(entry.value)
            close()
        }
    }

    /// A letter. rn is read as m and vv as w by scanners; ae, oe, ue are written for ä, ö, ü.
    @inline(__always)
    private mutating func put(_ value: UInt32) {
        let last = bytes[count - 1]
        switch value {
        case 0x65 where last == 0x61 || last == 0x6F || last == 0x75: break
        case 0x6E where last == 0x72: bytes[count - 1] = 0x6D
        case 0x76 where last == 0x76: bytes[count - 1] = 0x77
        default: append(value)
        }
    }

    @inline(__always)
    private mutating func append(_ value: UInt32) {
        func add(_ byte: UInt32) {
            bytes[count] = UInt8(truncatingIfNeeded: byte)
            count += 1
        }
        if value < 0x80 {
            add(value)
        } else if value < 0x800 {
            add(0xC0 | value >> 6)
            add(0x80 | value & 0x3F)
        } else if value < 0x1_0000 {
            add(0xE0 | value >> 12)
            add(0x80 | value >> 6 & 0x3F)
            add(0x80 | value & 0x3F)
        } else {
            add(0xF0 | value >> 18)
            add(0x80 | value >> 12 & 0x3F)
            add(0x80 | value >> 6 & 0x3F)
            add(0x80 | value & 0x3F)
        }
    }

    @inline(__always)
    private mutating func close() {
        if bytes[count - 1] != Self.space {
            bytes[count] = Self.space
            count += 1
        }
    }

    @inline(__always)
    private mutating func reserve() {
        if capacity - count < Self.mostPerScalar + Self.padding { grow() }
    }

    @inline(never)
    private mutating func grow() {
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2)
        larger.update(from: bytes, count: count)
        bytes.deallocate()
        bytes = larger
        capacity *= 2
    }

    // MARK: Hashing

    /// The hash of every word.
    ///
    /// Where a word begins is known when the one before was measured, which takes longer than hashing it. So two halves
    /// of the text are worked on by turns, and the processor does both at once.
    mutating func units() -> [UInt64] {
        for index in 0..<Self.padding { bytes[count + index] = Self.space }
        var middle = count / 2
        while bytes[middle] != Self.space { middle += 1 }
        let words = UnsafeRawPointer(bytes)
        // A word and its space are two bytes at least.
        return [UInt64](unsafeUninitializedCapacity: count / 2 + 4) { units, written in
            var front = Words(words, from: 1, to: middle, units: units.baseAddress.unsafelyUnwrapped)
            // No word of the first half can be written where those of the second one begin.
            let secondUnits = units.baseAddress.unsafelyUnwrapped + middle / 2 + 1
            var back = Words(words, from: middle + 1, to: count, units: secondUnits)
            while front.isUnfinished, back.isUnfinished {
                front.takeWord()
                back.takeWord()
            }
            while front.isUnfinished { front.takeWord() }
            while back.isUnfinished { back.takeWord() }
            (units.baseAddress.unsafelyUnwrapped + front.found).update(from: secondUnits, count: back.found)
            written = front.found + back.found
        }
    }
}

/// Cuts a part of a folded text into words and hashes them.
private struct Words {
    private let words: UnsafeRawPointer
    private let units: UnsafeMutablePointer<UInt64>
    private var index: Int
    private let end: Int
    private(set) var found = 0

    /// The part begins with a word or a space, and ends before one.
    init(_ words: UnsafeRawPointer, from start: Int, to end: Int, units: UnsafeMutablePointer<UInt64>) {
        self.words = words
        self.units = units
        self.end = end
        index = start
    }

    var isUnfinished: Bool { index < end }

    @inline(__always)
    mutating func takeWord() {
        var hash = Self.seed
        var word = Self.word(at: index, in: words)
        while word.length == 16 {
            hash = Self.mix(word.low ^ hash, word.high)
            index &+= 16
            word = Self.word(at: index, in: words)
        }
        units[found] = Self.mix(word.low ^ hash, word.high)
        // Spaces in a row enclose no word.
        found &+= word.length == 0 && hash == Self.seed ? 0 : 1
        index &+= word.length &+ 1
    }

    /// The bytes up to the next space, sixteen at most, in two halves that are 0 behind it. The space itself stays, as
    /// good an end of a word as any. Without a branch: the length of a word is what nothing predicts.
    @inline(__always)
    private static func word(at index: Int, in words: UnsafeRawPointer) -> (
        low: UInt64, high: UInt64, length: Int
    ) {
        let low = UInt64(littleEndian: words.loadUnaligned(fromByteOffset: index, as: UInt64.self))
        let high = UInt64(littleEndian: words.loadUnaligned(fromByteOffset: index + 8, as: UInt64.self))
        let lowSpaces = spaces(low)
        let highSpaces = spaces(high)
        // All bits set if the word goes on in the high half.
        let goesOn = ~UInt64(bitPattern: Int64(bitPattern: lowSpaces | (0 &- lowSpaces)) >> 63)
        let length = UInt64(lowSpaces.trailingZeroBitCount) + UInt64(highSpaces.trailingZeroBitCount) & goesOn
        return (
            low & upToLowestBit(lowSpaces), high & upToLowestBit(highSpaces) & goesOn,
            Int(truncatingIfNeeded: length >> 3)
        )
    }

    /// The high bit of the first byte that is a space is the lowest bit set; 0 if there is none.
    @inline(__always)
    private static func spaces(_ block: UInt64) -> UInt64 {
        let zero = block ^ 0x2020_2020_2020_2020
        return (zero &- 0x0101_0101_0101_0101) & ~zero & 0x8080_8080_8080_8080
    }

    /// All bits below the lowest one set; all if there is none.
    @inline(__always)
    private static func upToLowestBit(_ bits: UInt64) -> UInt64 { (bits & (0 &- bits)) &- 1 }

    private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

    /// Both halves of a product, as in wyhash: every bit of either number reaches every bit of the hash.
    @inline(__always)
    private static func mix(_ low: UInt64, _ high: UInt64) -> UInt64 {
        let product = low.multipliedFullWidth(by: high ^ 0xD6E8_FEB8_6659_FD93)
        return product.high ^ product.low
    }
}
