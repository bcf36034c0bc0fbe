/// The units of which shingles are made: words where words are separated, characters elsewhere, as fixed hashes.
public enum ShingleUnits {
    /// Units of a text, folded by `CopyAlphabet`: the same for a text however it is cased, accented, escaped or misread
    /// by a scanner. About 1 ns a byte for ASCII.
    public static func units(of text: String) -> [UInt64] {
        var text = text
        return text.withUTF8 { bytes in
            var folded = FoldedText(capacity: bytes.count)
            switch folded.fold(bytes) {
            case .nothing: return folded.units()
            // Cutting out whole tags and references leaves valid UTF-8.
            case .freedOfMarkup: return unitsOfFreed(MarkupRemnants.cleaned(bytes))
            case .composed: return unitsComposing(MarkupRemnants.cleaned(bytes))
            }
        }
    }

    private static func unitsOfFreed(_ bytes: [UInt8]) -> [UInt64] {
        var folded = FoldedText(capacity: bytes.count)
        // What is left of `&` and `<` stands for itself.
        let want = bytes.withUnsafeBufferPointer { folded.fold($0, isFreed: true) }
        return want == .nothing ? folded.units() : unitsComposing(bytes)
    }

    private static func unitsComposing(_ bytes: [UInt8]) -> [UInt64] {
        let composed = Array(UnicodeMapping.nfkc(String(decoding: bytes, as: UTF8.self)).utf8)
        var folded = FoldedText(capacity: composed.count)
        _ = composed.withUnsafeBufferPointer { folded.fold($0, isFreed: true, isComposed: true) }
        return folded.units()
    }
}
