import Normalization

/// A profile's entity found in a text: tokens `start..<end`.
struct EntityMention: Sendable, Equatable {
    var entity: Int
    var start: Int
    var end: Int
    /// Found by an ambiguous short form or an epithet only.
    var isShort: Bool
}

/// Names of a profile, found in any script with the inflections of the text's language and confusable
/// letters.
struct EntityTable: Sendable {
    private struct Form: Sendable {
        var entity: Int
        var words: [UInt64]
        var isShort: Bool
    }

    private var byFirst = HashedLists<Form>()
    /// Skeletons of Latin words that occur in names, to the hash of the word.
    private var skeletons: [[UInt16]: UInt64] = [:]
    let count: Int

    init(_ entities: [TopicProfile.Entity]) {
        count = entities.count
        for (index, entity) in entities.enumerated() {
            for name in [entity.name] + entity.aliases + entity.misspellings {
                add(name, index, isShort: false)
            }
            for name in entity.short { add(name, index, isShort: true) }
            for name in entity.descriptions { add(name, index, isShort: true) }
        }
    }

    private mutating func add(_ name: String, _ entity: Int, isShort: Bool) {
        let tokens = Token.tokens(of: name)
        guard let first = tokens.first else { return }
        byFirst.append(
            Form(entity: entity, words: tokens.dropFirst().map(\.hash), isShort: isShort), for: first.hash)
        for token in tokens where !token.isCharacter && token.text.utf8.count >= 4 {
            skeletons[Skeleton.skeleton(token.written)] = token.hash
        }
    }

    /// Mentions in order; of overlapping ones the longest.
    func mentions(in tokens: [Token], language: CompiledLanguage?) -> [EntityMention] {
        guard !byFirst.isEmpty else { return [] }
        let readings = tokens.map { self.readings(of: $0, language) }
        var found: [EntityMention] = []
        var start = 0
        while start < tokens.count {
            var best: EntityMention?
            for hash in readings[start] {
                for form in byFirst[hash] {
                    let end = start + 1 + form.words.count
                    guard end <= tokens.count, end > best?.end ?? start else { continue }
                    let fits = form.words.indices.allSatisfy {
                        readings[start + 1 + $0].contains(form.words[$0])
                    }
                    if fits {
                        best = EntityMention(
                            entity: form.entity, start: start, end: end, isShort: form.isShort)
                    }
                }
            }
            if let best {
                found.append(best)
                start = best.end
            } else {
                start += 1
            }
        }
        return found
    }

    /// Hashes under which a token may stand in a name: itself, without endings or clitics, with letters
    /// unconfused.
    private func readings(of token: Token, _ language: CompiledLanguage?) -> [UInt64] {
        guard !token.isCharacter else { return [token.hash] }
        var result = [token.hash]
        let bytes = Array(token.text.utf8)
        if let apostrophe = bytes.firstIndex(of: 0x27), apostrophe >= 2 {
            result.append(FixedHash.of(bytes[..<apostrophe]))
        }
        if let language {
            var bases = [bytes[...]]
            for prefix in language.namePrefixes
            where bytes.count > prefix.count + 3 && bytes.starts(with: prefix) {
                bases.append(bytes[prefix.count...])
                result.append(FixedHash.of(bytes[prefix.count...]))
            }
            for base in bases {
                for ending in language.nameEndings
                where base.count >= ending.count + 3 && base.suffix(ending.count).elementsEqual(ending) {
                    result.append(FixedHash.of(base.dropLast(ending.count)))
                }
            }
        }
        if token.isCapitalized || token.isNumeric || !token.isASCII, bytes.count >= 4, bytes.count <= 40 {
            if let plain = skeletons[Skeleton.skeleton(token.written)] { result.append(plain) }
        }
        return result
    }
}
