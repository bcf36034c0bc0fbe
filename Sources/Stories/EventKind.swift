/// What sort of happening a clause tells of: one closed list for news of every kind, shared by all languages.
package enum EventKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Put out of a post by another.
    case removal
    /// Leaves a post or an organisation by own act.
    case resignation
    /// Named, elected or promoted to a post, interim included.
    case appointment
    /// Comes back to a post, reinstated.
    case `return`
    /// Taken on by, or goes over to, another organisation.
    case hiring
    /// Turns down an offer, a post or a demand.
    case refusal
    /// A seat on a board or committee changes.
    case boardChange = "board-change"
    /// Many jobs cut.
    case layoff
    /// Starts or plans a new company, party or group.
    case founding
    /// Negotiates, weighs, is pressed to.
    case talks
    /// Deal reached or signed.
    case agreement
    /// Talks or a deal fail or are called off.
    case collapse
    /// Customers, partners or members turn to a rival.
    case `switch`
    /// Says, announces, comments; weak.
    case statement
    /// Is reported, revealed or leaked; weak.
    case report
    /// Message to staff, internal note.
    case memo
    /// Open letter, petition, signatures.
    case letter
    /// Stands by, reaffirms, commits.
    case support
    /// Thanks, praises.
    case thanks
    /// Condemns, accuses, complains.
    case criticism
    /// Regrets, apologises.
    case regret
    /// Warns, raises the alarm.
    case warning
    /// Threatens, gives an ultimatum, demands.
    case threat
    /// States why.
    case reason
    /// Promises, plans, lays out.
    case plan
    /// Denies, disputes.
    case denial
    /// Retracts, corrects.
    case correction
    /// Admits, confesses.
    case disclosure
    /// Sues, takes to court.
    case lawsuit
    /// Probe, inquiry, review.
    case investigation
    /// Charged, indicted.
    case charge
    /// Arrested, detained.
    case arrest
    /// Freed, let go.
    case release
    /// Hearing, testimony, in court.
    case trial
    /// Found guilty, acquitted, court rules.
    case verdict
    /// Sentenced, prison term, fine.
    case sentence
    /// Law, ban or sanction adopted or proposed.
    case regulation
    /// Search, seizure.
    case raid
    /// Escapes, flees, goes missing.
    case escape
    /// Dies, found dead.
    case death
    /// Kills, murder.
    case killing
    /// Attack, bombing, assault, hack.
    case attack
    /// Wounded, in hospital.
    case injury
    /// Crash, collision.
    case accident
    /// Earthquake, flood, storm.
    case disaster
    /// Blaze.
    case fire
    /// Outbreak, infection, illness.
    case disease
    /// Rescued, evacuated.
    case rescue
    /// Service down, failure, breach.
    case outage
    /// Offensive, invasion, shelling.
    case war
    /// Truce, peace deal.
    case ceasefire
    /// Election, candidacy, result.
    case election
    /// Parliament or members vote.
    case vote
    /// Demonstration, riot.
    case protest
    /// Labour walk-out.
    case strike
    /// Travels to, meets, summit.
    case visit
    /// Declares, recognises, decrees.
    case resolution
    /// Presents, releases a product or service.
    case launch
    /// Closes, dissolves, shuts down.
    case closure
    /// Buys, takes over, merges.
    case merger
    /// Invests, raises money.
    case investment
    /// Owns, holds a share.
    case ownership
    /// Earnings, profit, revenue.
    case results
    /// Shares, prices or currencies move.
    case priceMove = "price-move"
    /// Insolvency, default.
    case bankruptcy
    /// Order, supply deal.
    case contract
    /// Product recalled.
    case recall
    /// Breakthrough, finding, study.
    case discovery
    /// Prize, title, nomination.
    case award
    /// Record broken, milestone.
    case record
    /// Wins a match or title.
    case victory
    /// Loses, is knocked out.
    case defeat
    /// Weds, divorces.
    case marriage
    /// Is born, expects.
    case birth
    /// Welcomes a decision, is pleased or encouraged by it. At the end, since stored changes hold the places of kinds.
    case welcome

    /// Speech-act kinds: they frame another event more often than they are one.
    package var isWeak: Bool {
        switch self {
        case .statement, .report: true
        default: false
        }
    }

    /// Kinds that cannot both describe one happening to the same actor.
    package var opposites: [EventKind] {
        switch self {
        case .removal: [.return, .appointment, .hiring]
        case .resignation: [.return, .appointment, .hiring]
        case .appointment: [.removal, .resignation]
        case .hiring: [.removal, .resignation]
        case .return: [.removal, .resignation]
        case .agreement: [.collapse]
        case .collapse: [.agreement]
        case .arrest: [.release]
        case .release: [.arrest]
        case .war: [.ceasefire]
        case .ceasefire: [.war]
        case .founding, .launch: [.closure]
        case .closure: [.founding, .launch]
        case .victory: [.defeat]
        case .defeat: [.victory]
        default: []
        }
    }

    /// Whether reports of one happening may well use both: who steps down was perhaps pushed, an attack leaves
    /// dead. Kin neither agree nor contradict; they are weighed apart.
    package func isKin(to other: EventKind) -> Bool { Self.areKin(Int(ordinal), Int(other.ordinal)) }

    /// The same for two places in the closed list.
    static func areKin(_ one: Int, _ other: Int) -> Bool {
        one < kin.count && other < kin.count && kin[one][other]
    }

    private static let kin: [[Bool]] = allCases.map { kind in
        allCases.map { other in
            kind != other && families.contains { $0.contains(kind) && $0.contains(other) }
        }
    }

    private static let families: [Set<EventKind>] = [
        [.removal, .resignation, .layoff], [.appointment, .hiring, .boardChange], [.return, .appointment],
        [.memo, .letter], [.letter, .threat], [.letter, .warning], [.reason, .criticism],
        [.criticism, .warning, .disclosure], [.thanks, .welcome], [.welcome, .support],
        [.denial, .correction], [.talks, .threat],
        [.founding, .plan], [.investigation, .regulation], [.switch, .talks], [.closure, .layoff],
        [.discovery, .warning],
        [.attack, .killing, .death, .injury], [.accident, .death, .injury, .rescue],
        [.disaster, .death, .injury, .rescue], [.fire, .death, .injury, .rescue], [.disease, .death],
        [.war, .attack, .killing], [.arrest, .raid], [.trial, .verdict, .charge], [.verdict, .sentence],
        [.merger, .agreement, .investment, .ownership], [.agreement, .contract], [.agreement, .ceasefire],
        [.results, .priceMove], [.award, .victory, .record], [.election, .victory, .vote],
        [.vote, .resolution],
        [.protest, .strike],
    ]

    /// Place in the closed list: the code that stored changes use.
    var ordinal: UInt8 { Self.ordinals[self] ?? 0 }

    /// The kind with that place, `nil` beyond the list.
    init?(ordinal: UInt8) {
        guard Int(ordinal) < Self.allCases.count else { return nil }
        self = Self.allCases[Int(ordinal)]
    }

    private static let ordinals = Dictionary(
        uniqueKeysWithValues: allCases.enumerated().map { ($0.element, UInt8($0.offset)) })
}
