extension Claim {
    /// The claim in neutral English words: who, people first, and what, with what takes it back or weakens it before it.
    ///
    /// - Parameter names: of the actors, where they are known.
    func gloss(names: [UInt64: String]) -> String {
        let people = actors.indices.filter { persons & 1 << UInt8($0) != 0 }
        let others = actors.indices.filter { !people.contains($0) }
        let who = (people + others).compactMap { names[actors[$0]] }.prefix(3).joined(separator: ", ")
        var words: [String] = []
        if flags.contains(.hedged) { words.append("reportedly") }
        if flags.contains(.negated) { words.append("said not to be so:") }
        if flags.contains(.embedded) { words.append("spoken of:") }
        words.append(kind.gloss)
        if flags.contains(.again) { words.append("once more") }
        let what = words.joined(separator: " ")
        return who.isEmpty ? what : who + ": " + what
    }
}
