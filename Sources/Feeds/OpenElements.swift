import Markup

/// The elements that are open, outermost first, with what `xml:base` and `xml:lang` say in each.
struct OpenElements: Sendable {
    /// An open element.
    struct Frame: Sendable {
        let element: FeedElement
        let name: MarkupName
        /// Its bytes in `longNames`, where `name` is not whole.
        let longName: Range<Int>
        /// Namespaces open around it.
        let bindings: Int
        /// Indexes of the base and the language in force.
        let base: Int
        let language: Int
    }

    private(set) var frames: [Frame] = []
    private var longNames: [UInt8] = []
    /// Bases so far open; the first is the document's own address.
    private var bases: [String?]
    /// Languages so far open; the first is none.
    private var languages: [String?] = [nil]

    init(baseURL: String?) { bases = [baseURL] }

    var count: Int { frames.count }
    /// Index of the base in force.
    var baseIndex: Int { frames.isEmpty ? 0 : frames[frames.count - 1].base }
    /// Index of the language in force.
    var languageIndex: Int { frames.isEmpty ? 0 : frames[frames.count - 1].language }
    /// The base in force.
    var base: String? { bases[baseIndex] }

    /// The base in force in an open element.
    func base(of frame: Int) -> String? { bases[frames[frame].base] }

    /// The language in force in an open element.
    func language(of frame: Int) -> String? { languages[frames[frame].language] }

    func base(at index: Int) -> String? { bases[index] }

    /// Opens a base for the element that is pushed next, and returns its index.
    mutating func addBase(_ base: String) -> Int {
        bases.append(base)
        return bases.count - 1
    }

    /// Opens a language for the element that is pushed next, and returns its index.
    mutating func addLanguage(_ language: String?) -> Int {
        languages.append(language)
        return languages.count - 1
    }

    mutating func push(
        _ element: FeedElement, _ name: MarkupName, _ bytes: Span<UInt8>, _ range: Range<Int>, bindings: Int,
        base: Int, language: Int
    ) {
        let start = longNames.count
        if !name.isWhole { longNames.append(bytes, range) }
        frames.append(
            Frame(
                element: element, name: name, longName: start..<longNames.count, bindings: bindings,
                base: base,
                language: language))
    }

    /// Closes the innermost element.
    mutating func pop() {
        guard let frame = frames.popLast() else { return }
        if !frame.longName.isEmpty { longNames.removeLast(frame.longName.count) }
        closeScope()
    }

    /// Takes bases and languages back to those of the innermost element.
    mutating func closeScope() {
        if bases.count > baseIndex + 1 { bases.removeSubrange((baseIndex + 1)...) }
        if languages.count > languageIndex + 1 { languages.removeSubrange((languageIndex + 1)...) }
    }

    /// Whether an open element has this name, in any case.
    func hasName(_ frame: Int, _ name: MarkupName, _ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        if name == frames[frame].name, name.isWhole { return true }
        guard name.count == frames[frame].name.count, name.lowered == frames[frame].name.lowered else {
            return false
        }
        guard !name.isWhole else { return true }
        let start = frames[frame].longName.lowerBound
        for offset in 0..<range.count
        where bytes[range.lowerBound + offset].asciiLowered != longNames[start + offset].asciiLowered {
            return false
        }
        return true
    }

    /// The innermost open element of this name.
    func lastIndex(_ name: MarkupName, _ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        var index = frames.count - 1
        while index >= 0 {
            if hasName(index, name, bytes, range) { return index }
            index -= 1
        }
        return nil
    }
}
