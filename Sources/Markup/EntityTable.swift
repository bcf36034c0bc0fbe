/// General entities that a document declares in its DOCTYPE.
///
/// Values are expanded once, when they are declared, each from those before it and each bounded, so that a use
/// is a copy and nested declarations ("billion laughs") cannot grow. Markup inside a value is text.
public struct EntityTable: Sendable {
    /// Bytes of an entity's name; longer ones are not references.
    static let maxNameBytes = 64
    /// Bytes of one expanded value.
    static let maxValueBytes = 16 << 10
    /// Entities kept.
    static let maxEntities = 1_024

    private var values: [[UInt8]: [UInt8]] = [:]
    /// Bytes that uses may still copy.
    private var allowance: Int
    /// Whether a declaration was left out or cut because of a limit.
    public private(set) var isLimited = false

    /// An empty table. `allowance` is the bytes that all uses together may expand to.
    public init(allowance: Int = 1 << 20) {
        self.allowance = allowance
    }

    /// Whether nothing was declared.
    public var isEmpty: Bool { values.isEmpty }

    /// Whether the document declares an entity of that name.
    func declares(_ name: ArraySlice<UInt8>) -> Bool { values[Array(name)] != nil }

    /// The expanded value of a name, taken out of the document's allowance; nil when that is used up.
    mutating func expansion(of name: Span<UInt8>) -> [UInt8]? {
        guard let value = values[Self.key(name)] else { return nil }
        guard value.count <= allowance else {
            isLimited = true
            return nil
        }
        allowance -= value.count
        return value
    }

    /// Takes a declaration. The first one of a name counts (XML 1.0, 4.2).
    mutating func declare(_ name: Range<Int>, value: Range<Int>, in bytes: Span<UInt8>) {
        let key = Self.key(bytes.extracting(name))
        guard values[key] == nil, key.count <= Self.maxNameBytes else { return }
        guard values.count < Self.maxEntities, value.count <= Self.maxValueBytes else {
            isLimited = true
            return
        }
        var expanded: [UInt8] = []
        var position = value.lowerBound
        // Reference by reference, so that the bound holds before the next one is copied.
        while position < value.upperBound {
            let next =
                ByteScan.index(of: 0x26, in: bytes, from: position + 1, to: value.upperBound)
                ?? value.upperBound
            CharacterReferences.decode(
                bytes, in: position..<next, context: .xml, entities: &self, into: &expanded)
            position = next
            guard expanded.count <= Self.maxValueBytes else {
                isLimited = true
                values[key] = []
                return
            }
        }
        values[key] = expanded
    }

    private static func key(_ name: Span<UInt8>) -> [UInt8] { name.withUnsafeBufferPointer { Array($0) } }
}
