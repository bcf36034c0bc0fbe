import Foundation

/// What a topic has been told so far. A value: copies share storage until one of them changes.
struct TopicState: Sendable, Equatable {
    struct Item: Sendable, Equatable {
        var entry: EntryNumber
        /// Engine time, milliseconds.
        var time: Int64
        var reading: ItemReading
        var developments: [Int]
        /// Lengths of its term vector when it came.
        var norm: Norm
    }

    private(set) var items: [Item] = []
    var developments: [Development] = []
    /// Items before this one have left the copy window: their readings are forgotten, their developments
    /// stay.
    private var firstLive = 0
    private var frequency: [UInt64: UInt32] = [:]
    private(set) var postings: [UInt64: [Int32]] = [:]
    /// In how many developments a kind, actor, name or claim occurs.
    private var spread: [UInt64: UInt32] = [:]
    private var developmentPlaces: [DevelopmentID: Int] = [:]
    /// Developments of every entry on topic, copies too.
    private var carried: [EntryNumber: [Int]] = [:]

    func development(_ id: DevelopmentID) -> Int? { developmentPlaces[id] }

    /// Ids of those that were not merged into another one, in the order in which they opened.
    var standingDevelopments: [DevelopmentID] {
        developments.indices.map { (place: $0, id: developments[$0].id) }
            .filter { developmentPlaces[$0.id] == $0.place }.map(\.id)
    }

    func developments(of entry: EntryNumber) -> [DevelopmentID]? {
        carried[entry]?.map { developments[$0].id }
    }

    /// Whether the entry belongs to the topic, whatever was decided on it.
    func isOnTopic(_ entry: EntryNumber) -> Bool { carried[entry] != nil }

    /// Rarity of a term among the entries told so far.
    func rarity(_ key: UInt64) -> Double {
        log(1 + (Double(items.count) + 8) / (Double(frequency[key] ?? 0) + 0.5))
    }

    /// Rarity of a kind, an actor or a claim among developments: thirty reports of one event are one.
    func distinctness(_ key: UInt64) -> Double {
        log(1 + (Double(developments.count) + 2) / (Double(spread[key] ?? 0) + 0.5))
    }

    func seen(_ key: UInt64) -> Bool { frequency[key] != nil }

    mutating func apply(_ change: Change.Topic, entry: EntryNumber, time: Date, settings: StorySettings) {
        let milliseconds = Change.milliseconds(time)
        var parts: [(part: Change.Part, place: Int)] = []
        for part in change.parts {
            if let place = developmentPlaces[part.development] {
                parts.append((part, place))
            } else if part.isOpened {
                parts.append((part, open(part.development, at: milliseconds, until: milliseconds, by: entry)))
            }
        }
        carried[entry] = parts.map(\.place)
        // What opens a development is told, even where the rest of the entry is a copy that tells nothing.
        let telling = parts.filter { change.counts || $0.part.isOpened }
        guard !telling.isEmpty else { return }
        for (part, place) in telling {
            remember(Self.part(part.claims, of: change.reading), in: place, at: milliseconds, settings)
        }
        let norm = norm(change.reading.terms, settings)
        let slot = Int32(truncatingIfNeeded: items.count)
        items.append(
            Item(
                entry: entry, time: milliseconds, reading: change.reading, developments: telling.map(\.place),
                norm: norm))
        for term in change.reading.terms where !term.sort.isTime {
            frequency[term.key, default: 0] += 1
            var list = postings[term.key] ?? []
            list.append(slot)
            if list.count > settings.postingLength { list.removeFirst(list.count - settings.postingLength) }
            postings[term.key] = list
        }
    }

    /// Forgets the readings of entries older than the limit, oldest arrivals first.
    mutating func expire(before limit: Date) {
        let milliseconds = Change.milliseconds(limit)
        while firstLive < items.count, items[firstLive].time < milliseconds {
            items[firstLive].reading = ItemReading()
            firstLive += 1
        }
    }

    /// A development that nothing is known of yet; returns its place.
    mutating func open(_ id: DevelopmentID, at opened: Int64, until latest: Int64, by entry: EntryNumber)
        -> Int
    {
        developmentPlaces[id] = developments.count
        developments.append(Development(id: id, opened: opened, latest: latest, opener: entry))
        return developments.count - 1
    }

    /// Everything that names the place `source` names `target` from now on; so does the id.
    mutating func redirect(_ id: DevelopmentID, from source: Int, to target: Int) {
        developmentPlaces[id] = target
        move(nil, from: source, to: target)
    }

    /// The entries, all for nil, carry `target` in the place of `source`.
    mutating func move(_ entries: Set<EntryNumber>?, from source: Int, to target: Int) {
        func moved(_ places: [Int]) -> [Int] {
            guard places.contains(source) else { return places }
            var seen: Set<Int> = []
            return places.map { $0 == source ? target : $0 }.filter { seen.insert($0).inserted }
        }
        for index in items.indices where entries?.contains(items[index].entry) ?? true {
            items[index].developments = moved(items[index].developments)
        }
        for (entry, places) in carried where entries?.contains(entry) ?? true {
            carried[entry] = moved(places)
        }
    }

    /// One development more has this key.
    mutating func countMore(_ key: UInt64) { spread[key, default: 0] += 1 }

    /// One development fewer has this key.
    mutating func countLess(_ key: UInt64) {
        guard let count = spread[key] else { return }
        spread[key] = count > 1 ? count - 1 : nil
    }
}
