/// More about a development that was told: its data as it is now, and what is more.
package struct DevelopmentUpdate: Sendable, Hashable, Codable {
    /// As it is now; its id is that of the alert that told it.
    package var development: AlertedDevelopment
    /// One sentence on what is more, for example that a second outlet reports it in its own words.
    package var news: String

    /// Both parts.
    package init(development: AlertedDevelopment, news: String) {
        self.development = development
        self.news = news
    }

    private enum CodingKeys: String, CodingKey {
        case news
    }

    package init(from decoder: any Decoder) throws {
        development = try AlertedDevelopment(from: decoder)
        news = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .news)
    }

    package func encode(to encoder: any Encoder) throws {
        try development.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(news, forKey: .news)
    }
}
