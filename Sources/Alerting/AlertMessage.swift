/// An alert as people read it in a chat or on a phone: one screen, the same words for every kind of receiver.
///
/// Every text in it is one line without control characters and invisible ones. What markup a receiver knows is for
/// its writer to escape. A link shows the host that it leads to and no other text.
struct AlertMessage: Sendable, Equatable {
    /// A piece of a line.
    enum Span: Sendable, Equatable {
        case text(String)
        case link(WebLink)
    }

    typealias Line = [Span]

    /// How much it wants to be seen at once.
    enum Urgency: Sendable {
        case low, normal, high
    }

    /// `msg_…`.
    var id: String
    /// What happened.
    var title: String
    /// Where a tap on the whole message leads: the first report.
    var link: WebLink?
    /// Who says so, when, and why it is told, the most important first.
    var lines: [Line]
    /// Where to ask for more; always shown.
    var reference: String
    /// How much it wants to be seen at once.
    var urgency: Urgency
    /// What the receiver calls the message that this one follows; nil where it follows none.
    var precedent: String?

    /// The lines that fit into `limit`, then … when some do not, then the reference.
    func lines(fitting limit: Int, size: (Line) -> Int) -> [Line] {
        let last: Line = [.text(reference)]
        let more: Line = [.text("…")]
        guard lines.map(size).reduce(size(last), +) > limit else { return lines + [last] }
        var room = limit - size(last) - size(more)
        let fitting = lines.prefix { line in
            room -= size(line)
            return room >= 0
        }
        return fitting + [more, last]
    }
}

extension AlertMessage.Span {
    /// For receivers without markup: a link is its address.
    var plainText: String {
        switch self {
        case .text(let text): text
        case .link(let link): link.url
        }
    }
}
