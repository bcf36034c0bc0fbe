/// The story that a user follows: names, aliases and context, never rules.
package struct TopicProfile: Sendable, Equatable {
    /// Someone or something that the story is about.
    package struct Entity: Sendable, Equatable {
        /// What an entity is.
        package enum Kind: String, Sendable, Codable, CaseIterable {
            case person, organization, place, thing
        }

        /// Short identifier, unique within the profile.
        package var id: String
        /// Name in full.
        package var name: String
        /// What it is.
        package var kind: Kind
        /// Whether the story is about this one.
        package var isCentral: Bool
        /// Further full names, in any script.
        package var aliases: [String]
        /// Ambiguous short forms: they count only beside other evidence.
        package var short: [String]
        /// Known misspellings; read as aliases.
        package var misspellings: [String]
        /// Roles by which texts call this one.
        package var roles: [LexiconRole]
        /// Epithets by which texts call this one.
        package var descriptions: [String]

        /// All parts; what is left out is empty.
        package init(
            id: String, name: String, kind: Kind, isCentral: Bool = false, aliases: [String] = [],
            short: [String] = [], misspellings: [String] = [], roles: [LexiconRole] = [],
            descriptions: [String] = []
        ) {
            self.id = id
            self.name = name
            self.kind = kind
            self.isCentral = isCentral
            self.aliases = aliases
            self.short = short
            self.misspellings = misspellings
            self.roles = roles
            self.descriptions = descriptions
        }
    }

    /// What makes a text beside an entity belong to the story.
    package struct Context: Sendable, Equatable {
        /// Words or phrases, in the lexicon's pattern syntax.
        package var terms: [String]
        /// Kinds of event that are this story's kind of news.
        package var kinds: [EventKind]
        /// Roles that are this story's context.
        package var roles: [LexiconRole]

        /// All parts; what is left out is empty.
        package init(terms: [String] = [], kinds: [EventKind] = [], roles: [LexiconRole] = []) {
            self.terms = terms
            self.kinds = kinds
            self.roles = roles
        }
    }

    /// Texts that are not meant although a name fits.
    package struct Exclusion: Sendable, Equatable {
        /// Any of these puts a text off topic …
        package var terms: [String]
        /// … unless one of these stands there too.
        package var unless: [String]

        /// Both parts.
        package init(terms: [String], unless: [String] = []) {
            self.terms = terms
            self.unless = unless
        }
    }

    /// Short identifier of the topic; part of every development's id.
    package var id: String
    /// Name for people.
    package var name: String
    /// Who and what the story is about.
    package var entities: [Entity]
    /// What makes a text belong.
    package var context: Context
    /// What is not meant.
    package var exclusions: [Exclusion]
    /// Whether every text is on topic and holds at least one development.
    package var takesEverything: Bool

    /// All parts of a profile written by a user.
    package init(
        id: String, name: String, entities: [Entity] = [], context: Context = Context(),
        exclusions: [Exclusion] = [], takesEverything: Bool = false
    ) {
        self.id = id
        self.name = name
        self.entities = entities
        self.context = context
        self.exclusions = exclusions
        self.takesEverything = takesEverything
    }

    /// Built in: every text is on topic and joins or opens at least one development.
    package static let everything = TopicProfile(id: "everything", name: "Everything", takesEverything: true)
}
