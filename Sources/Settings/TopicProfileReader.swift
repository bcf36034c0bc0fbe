import Stories

/// Reads `topics/<id>.toml`.
enum TopicProfileReader {
    /// The profile; nil when a fault was noted that leaves nothing to work with. The fault of a file that is
    /// not there belongs to `position` of `referrer`.
    static func read(
        path: String, referrer: String, position: SourcePosition, faults: FaultCollector
    ) -> TopicProfile? {
        guard
            var root = TableReader(
                path: path, referrer: referrer, position: position, what: "topic profile", faults: faults)
        else { return nil }
        let id = root.identifier("id")
        if let id, id.value == TopicProfile.everything.id {
            root.fault(id.position, "id \"\(id.value)\" is the built-in profile's")
        }
        let name = root.text("name")
        if root.table["name"] == nil { root.missing("name") }
        let entities = entities(&root)
        let context = context(&root)
        let exclusions = exclusions(&root)
        if root.table["entity"] == nil, context.terms.isEmpty {
            root.fault(root.table.position, "the profile has neither [[entity]] nor terms in [context]")
        }
        root.finish(elsewhere: home(of:))
        guard let id, let name else { return nil }
        return TopicProfile(
            id: id.value, name: name.value, entities: entities, context: context, exclusions: exclusions)
    }

    private static func entities(_ root: inout TableReader) -> [TopicProfile.Entity] {
        var seen: [String: SourcePosition] = [:]
        return root.tables("entity").compactMap { table in
            var table = table
            let id = table.identifier("id")
            let name = table.text("name")
            if table.table["name"] == nil { table.missing("name") }
            let kind = table.choice("kind", of: TopicProfile.Entity.Kind.self)
            if table.table["kind"] == nil { table.missing("kind") }
            let isCentral = table.boolean("central") ?? false
            let entity = TopicProfile.Entity(
                id: id?.value ?? "", name: name?.value ?? "", kind: kind ?? .thing, isCentral: isCentral,
                aliases: table.words("aliases"), short: table.words("short"),
                misspellings: table.words("misspellings"), roles: table.terms("roles", of: LexiconRole.self),
                descriptions: table.words("descriptions"))
            table.finish(elsewhere: home(of:))
            guard let id, name != nil, kind != nil else { return nil }
            if let first = seen[id.value] {
                table.fault(id.position, "entity \"\(id.value)\" is already defined in line \(first.line)")
                return nil
            }
            seen[id.value] = id.position
            return entity
        }
    }

    private static func context(_ root: inout TableReader) -> TopicProfile.Context {
        guard var table = root.table("context") else { return TopicProfile.Context() }
        let context = TopicProfile.Context(
            terms: table.patterns("terms"), kinds: table.terms("kinds", of: EventKind.self),
            roles: table.terms("roles", of: LexiconRole.self))
        table.finish(elsewhere: home(of:))
        return context
    }

    private static func exclusions(_ root: inout TableReader) -> [TopicProfile.Exclusion] {
        root.tables("exclusion").compactMap { table in
            var table = table
            let terms = table.patterns("terms")
            let unless = table.patterns("unless")
            if table.table["terms"] == nil { table.missing("terms") }
            table.finish(elsewhere: home(of:))
            return terms.isEmpty ? nil : TopicProfile.Exclusion(terms: terms, unless: unless)
        }
    }

    private static func home(of key: String) -> String? {
        switch key {
        case "aliases", "short", "misspellings", "descriptions", "central", "kind": "[[entity]]"
        case "kinds": "[context]"
        case "unless": "[[exclusion]]"
        default: nil
        }
    }
}
