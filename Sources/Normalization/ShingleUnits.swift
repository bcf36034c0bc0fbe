/// The units of which shingles are made: words where words are separated, characters elsewhere, as fixed hashes.
package enum ShingleUnits {
    /// Units of a text, folded by `CopyAlphabet`: the same for a text however it is cased, accented, escaped or misread
    /// by a scanner. About 2 ns a byte for ASCII.
    package static func units(of text: String) -> [UInt64] {
        var text = text
        return text.withUTF8 { bytes in
            if bytes.contains(where: { $0 == 0x26 || $0 == 0x3C }) {
                // Cutting out whole tags and references leaves valid UTF-8.
                return MarkupRemnants.cleaned(bytes).withUnsafeBufferPointer { units(of: $0) }
            }
            return units(of: bytes)
        }
    }

    private static func units(of bytes: UnsafeBufferPointer<UInt8>) -> [UInt64] {
        let alphabet = CopyAlphabet.shared
        let units = alphabet.entries.withUnsafeBufferPointer { entries in
            var scanner = UnitScanner(capacity: bytes.count / 5 + 8)
            let isComplete = scanner.scan(bytes, entries, alphabet.expansions)
            return isComplete ? scanner.units : nil
        }
        if let units { return units }
        let composed = Array(UnicodeMapping.nfkc(String(decoding: bytes, as: UTF8.self)).utf8)
        return alphabet.entries.withUnsafeBufferPointer { entries in
            composed.withUnsafeBufferPointer { composed in
                var scanner = UnitScanner(capacity: composed.count / 5 + 8)
                scanner.isComposed = true
                _ = scanner.scan(composed, entries, alphabet.expansions)
                return scanner.units
            }
        }
    }
}

/// One pass over UTF-8 that collects hashes of words and characters.
private struct UnitScanner {
    var units: [UInt64] = []
    /// Whether the text went through composition, so that what would need it stands for itself.
    var isComposed = false
    private var hash = UnitScanner.seed
    /// The last letter, not yet hashed: the next one may join it. 0: none, no word has begun.
    private var previous: UInt32 = 0

    private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

    init(capacity: Int) { units.reserveCapacity(capacity) }

    /// False if the text has to be composed first.
    mutating func scan(
        _ bytes: UnsafeBufferPointer<UInt8>, _ entries: UnsafeBufferPointer<CopyAlphabet.Entry>,
        _ expansions: [[CopyAlphabet.Entry]]
    ) -> Bool {
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            guard byte >= 0x80 else {
                index = scanASCII(bytes, from: index, entries)
                continue
            }
            let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
            var value = UInt32(byte) & (byte >= 0xF0 ? 0x07 : byte >= 0xE0 ? 0x0F : 0x1F)
            let end = min(index + length, bytes.count)
            index += 1
            while index < end {
                value = value << 6 | UInt32(bytes[index] & 0x3F)
                index += 1
            }
            if value < 0x1_0000 {
                if !take(entries[Int(value)], expansions) { return false }
            } else if let scalar = Unicode.Scalar(value) {
                for entry in CopyAlphabet.fold(scalar) { take(simple: entry) }
            }
        }
        endWord()
        return true
    }

    /// A run of ASCII, in which every byte is a letter, a separator or ignored; returns where it ends. The state is
    /// kept in locals: through `self` each letter would cost a load and a store.
    private mutating func scanASCII(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int,
        _ entries: UnsafeBufferPointer<CopyAlphabet.Entry>
    ) -> Int {
        var index = start
        var hash = hash
        var previous = previous
        while index < bytes.count {
            let byte = bytes[index]
            if byte >= 0x80 { break }
            index += 1
            let entry = entries[Int(byte)]
            if entry.kind == CopyAlphabet.Entry.Kind.letter.rawValue {
                Self.letter(entry.value, &hash, &previous)
            } else if entry.kind == CopyAlphabet.Entry.Kind.separator.rawValue, previous != 0 {
                units.append(Self.finish((hash ^ UInt64(previous)) &* 0x0000_0100_0000_01B3))
                hash = Self.seed
                previous = 0
            }
        }
        self.hash = hash
        self.previous = previous
        return index
    }

    @inline(__always)
    private mutating func take(_ entry: CopyAlphabet.Entry, _ expansions: [[CopyAlphabet.Entry]]) -> Bool {
        let kind = entry.kind
        if kind == CopyAlphabet.Entry.Kind.letter.rawValue {
            letter(entry.value)
        } else if kind == CopyAlphabet.Entry.Kind.separator.rawValue {
            endWord()
        } else if kind == CopyAlphabet.Entry.Kind.character.rawValue {
            endWord()
            units.append(Self.finish(Self.seed ^ UInt64(entry.value)))
        } else if kind == CopyAlphabet.Entry.Kind.expansion.rawValue {
            for part in expansions[Int(entry.value)] { take(simple: part) }
        } else if kind == CopyAlphabet.Entry.Kind.composing.rawValue {
            if !isComposed { return false }
            letter(entry.value)
        }
        return true
    }

    /// A part of an expansion, which is never one itself.
    private mutating func take(simple entry: CopyAlphabet.Entry) {
        switch CopyAlphabet.Entry.Kind(rawValue: entry.kind) {
        case .letter: letter(entry.value)
        case .separator: endWord()
        case .character:
            endWord()
            units.append(Self.finish(Self.seed ^ UInt64(entry.value)))
        default: break
        }
    }

    @inline(__always)
    private mutating func letter(_ value: UInt32) { Self.letter(value, &hash, &previous) }

    /// rn is read as m and vv as w by scanners; ae, oe, ue are written for ä, ö, ü.
    @inline(__always)
    private static func letter(_ value: UInt32, _ hash: inout UInt64, _ previous: inout UInt32) {
        if value == 0x65 {
            if previous == 0x61 || previous == 0x6F || previous == 0x75 { return }
        } else if value == 0x6E {
            if previous == 0x72 {
                previous = 0x6D
                return
            }
        } else if value == 0x76, previous == 0x76 {
            previous = 0x77
            return
        }
        if previous != 0 { hash = (hash ^ UInt64(previous)) &* 0x0000_0100_0000_01B3 }
        previous = value
    }

    @inline(__always)
    private mutating func endWord() {
        guard previous != 0 else { return }
        units.append(Self.finish((hash ^ UInt64(previous)) &* 0x0000_0100_0000_01B3))
        hash = Self.seed
        previous = 0
    }

    @inline(__always)
    private static func finish(_ value: UInt64) -> UInt64 {
        let mixed = (value ^ (value >> 32)) &* 0xD6E8_FEB8_6659_FD93
        return mixed ^ (mixed >> 32)
    }
}
