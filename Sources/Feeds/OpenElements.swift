import Markup

/// The elements that are open, outermost first, with what their attributes say for everything inside.
struct OpenElements: Sendable {
    /// What holds inside an element.
    struct Scope: Sendable {
        /// `xml:base` made absolute, or the document's own address.
        var base: String?
        /// Whether `base` comes from the document.
        var isBaseDeclared = false
        /// `xml:lang`.
        var language: String?
        /// Namespaces open.
        var bindings = 0
    }

    /// An open element.
    private struct Frame: Sendable {
        let element: FeedElement
        let name: MarkupName
        /// Index of its scope.
        let scope: Int
    }

    private var frames: [Frame] = []
    /// Names that are not whole, of the open elements that have such.
    private var longNames: [(frame: Int, bytes: [UInt8])] = []
    /// The document's own, and those that elements opened.
    private var scopes: [Scope]

    init(baseURL: String?) { scopes = [Scope(base: baseURL)] }

    var count: Int { frames.count }
    /// The scope in force.
    var scope: Scope { scopes[scopeIndex] }

    private var scopeIndex: Int { frames.isEmpty ? 0 : frames[frames.count - 1].scope }

    func element(at frame: Int) -> FeedElement { frames[frame].element }

    /// The scope in force in an open element.
    func scope(of frame: Int) -> Scope { scopes[frames[frame].scope] }

    /// Opens an element, with a scope of its own where it has one.
    mutating func push(
        _ element: FeedElement, _ name: MarkupName, _ bytes: Span<UInt8>, _ range: Range<Int>, scope: Scope?
    ) {
        var index = scopeIndex
        if let scope {
            scopes.append(scope)
            index = scopes.count - 1
        }
        if !name.isWhole {
            longNames.append((frames.count, bytes.extracting(range).withUnsafeBufferPointer { Array($0) }))
        }
        frames.append(Frame(element: element, name: name, scope: index))
    }

    /// Closes the innermost element. Returns the namespaces that stay open if its own end here.
    mutating func pop() -> Int? {
        let frame = frames.removeLast()
        if !frame.name.isWhole { longNames.removeLast() }
        guard frame.scope > scopeIndex else { return nil }
        scopes.removeLast()
        return scope.bindings
    }

    /// Whether an open element has this name, in any case.
    func hasName(_ frame: Int, _ name: MarkupName, _ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let other = frames[frame].name
        if name == other, name.isWhole { return true }
        guard name.count == other.count, name.lowered == other.lowered else { return false }
        guard !name.isWhole, let long = longNames.last(where: { $0.frame == frame }) else { return true }
        for offset in 0..<range.count
        where bytes[range.lowerBound + offset].asciiLowered != long.bytes[offset].asciiLowered {
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
