/// Header fields in the order received. Names are matched without regard to case. Values are Latin-1: one
/// scalar up to U+00FF for each byte, so that what a server sent goes back byte for byte (RFC 9110 section 5.5).
package struct HTTPHeaders: Sendable, Equatable {
    /// The fields.
    package private(set) var fields: [(name: String, value: String)] = []

    /// Without fields.
    package init() {}

    /// The first value of a field; nil if it is absent.
    package subscript(name: String) -> String? {
        fields.first { Self.isSame($0.name, name) }?.value
    }

    /// All values of a field that may be repeated, joined as RFC 9110 section 5.3 allows; nil if it is absent.
    package func joined(_ name: String) -> String? {
        let values = fields.lazy.filter { Self.isSame($0.name, name) }.map(\.value)
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }

    mutating func append(_ name: String, _ value: String) {
        fields.append((name, value))
    }

    mutating func continueLast(_ text: String) {
        guard let last = fields.indices.last else { return }
        fields[last].value += " " + text
    }

    static func isSame(_ a: String, _ b: String) -> Bool {
        a.utf8.count == b.utf8.count && a.lowercased() == b.lowercased()
    }

    /// Same fields in the same order, names as they were spelled.
    package static func == (a: HTTPHeaders, b: HTTPHeaders) -> Bool {
        a.fields.elementsEqual(b.fields) { $0.name == $1.name && $0.value == $1.value }
    }
}
