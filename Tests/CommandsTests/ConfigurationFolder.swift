import Foundation

/// A folder laid out as `/etc/newswatch`, small enough to be read at a glance.
struct ConfigurationFolder {
    let folder: TemporaryFolder
    var path: String { folder.path }

    init() throws {
        folder = TemporaryFolder()
        _ = try folder.write(
            "lexicon/en.toml",
            """
            language = "en"
            matching = "words"
            function_words = ["the", "a", "of", "in", "to", "and"]
            [kinds]
            removal = ["fired", "fires", "ousted"]
            """)
        _ = try folder.write(
            "topics/acme.toml",
            """
            id = "acme"
            name = "Acme"
            [[entity]]
            id = "acme"
            name = "Acme"
            kind = "organization"
            central = true
            [context]
            terms = ["chief"]
            kinds = ["removal"]
            """)
    }

    func write(_ name: String, _ content: String) throws -> String {
        try folder.write(name, content)
    }
}
