import Markup

/// What the names of elements mean under the namespaces in force.
struct ElementNames: Sendable {
    /// What a name means.
    struct Meaning: Sendable {
        var element = FeedElement.other
        var namespace = FeedNamespace.unknown
    }

    private struct Binding: Sendable {
        let prefix: [UInt8]
        let namespace: FeedNamespace
        /// The epoch that comes back when it ends.
        let outerEpoch: Int
    }

    /// A remembered meaning, valid in its epoch.
    private struct Known: Sendable {
        var name = MarkupName()
        var epoch = -1
        var meaning = Meaning()
    }

    /// Namespace declarations open at once; each unknown name is looked up in all of them.
    private static let maxBindings = 256
    /// Addresses of namespaces remembered; feeds that repeat declarations repeat the same few.
    private static let maxAddresses = 32

    private var bindings: [Binding] = []
    /// Stands for the bindings in force: the same number never for others.
    private var epoch = 0
    private var lastEpoch = 0
    /// By the upper nine bits of the names mixed.
    private var known = [Known](repeating: Known(), count: 512)
    private var addresses: [(text: [UInt8], namespace: FeedNamespace)] = []

    /// Namespaces declared and open.
    var bindingCount: Int { bindings.count }

    /// Opens the namespace of a prefix. False when too many are open.
    mutating func bind(_ prefix: [UInt8], to namespace: FeedNamespace) -> Bool {
        guard bindings.count < Self.maxBindings else { return false }
        bindings.append(Binding(prefix: prefix, namespace: namespace, outerEpoch: epoch))
        lastEpoch += 1
        epoch = lastEpoch
        return true
    }

    /// Ends all but the first `count` bindings.
    mutating func unbind(to count: Int) {
        guard bindings.count > count else { return }
        epoch = bindings[count].outerEpoch
        bindings.removeSubrange(count...)
    }

    /// The namespace of an address as written in the document, if it was seen before.
    func namespace(_ address: Span<UInt8>) -> FeedNamespace? {
        for known in addresses where address.equals(known.text.span) { return known.namespace }
        return nil
    }

    /// Remembers the namespace of an address as written in the document.
    mutating func remember(_ namespace: FeedNamespace, of address: Span<UInt8>) {
        guard addresses.count < Self.maxAddresses else { return }
        addresses.append((address.withUnsafeBufferPointer { Array($0) }, namespace))
    }

    /// The meaning of a name and its bytes.
    mutating func meaning(of name: MarkupName, _ bytes: Span<UInt8>, _ range: Range<Int>) -> Meaning {
        guard name.isWhole else { return classify(bytes, range) }
        let slot = Int(name.mixed >> 55)
        if known[slot].epoch == epoch, known[slot].name == name { return known[slot].meaning }
        let meaning = classify(bytes, range)
        known[slot] = Known(name: name, epoch: epoch, meaning: meaning)
        return meaning
    }

    private func classify(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Meaning {
        var meaning = Meaning()
        var local = range
        if let colon = bytes.firstIndex(of: 0x3A, in: range) {
            let prefix = range.lowerBound..<colon
            local = (colon + 1)..<range.upperBound
            let bound = bindings.last { bytes.extracting(prefix).equals($0.prefix.span) }
            meaning.namespace =
                bound?.namespace ?? FeedNamespace(undeclared: MarkupName(bytes, prefix).lowered)
        } else {
            meaning.namespace = bindings.last { $0.prefix.isEmpty }?.namespace ?? .core
            // An unknown default namespace is usually a misspelt one of RSS.
            if meaning.namespace == .unknown { meaning.namespace = .core }
        }
        let name = MarkupName(bytes, local).lowered
        meaning.element = FeedElement.named(name, in: meaning.namespace)
        // RDF as a default namespace, with RSS elements in none.
        if meaning.element == .other, meaning.namespace == .rdf {
            meaning.element = FeedElement.named(name, in: .core)
        }
        return meaning
    }
}
