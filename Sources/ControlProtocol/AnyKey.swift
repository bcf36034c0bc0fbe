/// Any key of a JSON object, so that unknown ones are seen: a misspelt key must not change what a request means.
struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) {
        stringValue = name
    }

    init?(stringValue: String) {
        self.init(stringValue)
    }

    init?(intValue: Int) {
        return nil
    }
}

extension KeyedDecodingContainer<AnyKey> {
    /// Throws for the first key that is not among `known`.
    func refuseKeys(except known: Set<String>) throws {
        for key in allKeys where !known.contains(key.stringValue) {
            throw DecodingError.dataCorruptedError(forKey: key, in: self, debugDescription: "unknown key")
        }
    }
}
