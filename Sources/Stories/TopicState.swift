import Foundation

/// What a topic has been told so far. A value: copies share storage until one of them changes.
struct TopicState: Sendable {
    struct Item: Sendable, Equatable {
        var entry: EntryNumber
        /// Engine time, milliseconds.
        var time: Int64
        /// Of no account once the entry left the copy window (`reading(of:)`).
        var reading: StoredReading
        var developments: PlaceList
        /// Lengths of its term vector when it came.
        var norm: Norm
    }

    private(set) var items: [Item] = []
    var developments: [Development] = []
    private(set) var terms: TermTable
    /// Items before this one have left the copy window: their readings are forgotten, their developments
    /// stay.
    private var firstLive = 0
    /// Items before this one have given the memory of their readings back.
    private var firstHeld = 0
    private var developmentPlaces: [DevelopmentID: Int] = [:]
    /// Developments of every entry on topic, copies too.
    private var carried: [EntryNumber: PlaceList] = [:]
    private var undo = Undo()

    /// A topic that was told nothing.
    init(settings: StorySettings) { terms = TermTable(limit: settings.postingLength) }

    func development(_ id: DevelopmentID) -> Int? { developmentPlaces[id] }

    /// Ids of those that were not merged into another one, in the order in which they opened.
    var standingDevelopments: [DevelopmentID] {
        developments.indices.map { (place: $0, id: developments[$0].id) }
            .filter { developmentPlaces[$0.id] == $0.place }.map(\.id)
    }

    func developments(of entry: EntryNumber) -> [DevelopmentID]? {
        carried[entry]?.all.map { developments[$0].id }
    }

    /// Whether the entry belongs to the topic, whatever was decided on it.
    func isOnTopic(_ entry: EntryNumber) -> Bool { carried[entry] != nil }

    /// What an entry said; nothing once it left the copy window.
    func reading(of slot: Int) -> StoredReading {
        slot < firstLive ? StoredReading() : items[slot].reading
    }

    /// Rarity among the entries told so far of a term that so many of them have.
    func rarity(frequency: UInt32) -> Double {
        log(1 + (Double(items.count) + 8) / (Double(frequency) + 0.5))
    }

    /// Rarity among developments of a kind, an actor or a claim that so many of them have: thirty reports of one event
    /// are one.
    func distinctness(spread: UInt32) -> Double {
        log(1 + (Double(developments.count) + 2) / (Double(spread) + 0.5))
    }

    func seen(_ key: UInt64) -> Bool { terms.number(of: key).map { terms.frequency($0) > 0 } ?? false }

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
        undo.carried.append((entry, carried[entry]))
        carried[entry] = PlaceList(parts.map(\.place))
        // What opens a development is told, even where the rest of the entry is a copy that tells nothing.
        let telling = parts.filter { change.counts || $0.part.isOpened }
        guard !telling.isEmpty else { return }
        let numbers = change.reading.terms.map { terms.numbered($0.key) }
        let norm = norm(query(change.reading.terms, settings))
        for (part, place) in telling {
            undo.developments.append((place, developments[place]))
            remember(Self.part(part.claims, of: change.reading), in: place, at: milliseconds, settings)
        }
        let slot = Int32(truncatingIfNeeded: items.count)
        items.append(
            Item(
                entry: entry, time: milliseconds, reading: StoredReading(change.reading, numbers: numbers),
                developments: PlaceList(telling.map(\.place)), norm: norm))
        for number in numbers {
            if let displaced = terms.list(slot, for: number) {
                undo.displaced.append(Undo.Displaced(number: number, by: slot, slot: displaced))
            }
        }
    }

    /// Forgets the readings of entries older than the limit, oldest arrivals first. Their memory returns with `reclaim`.
    mutating func expire(before limit: Date) {
        let milliseconds = Change.milliseconds(limit)
        while firstLive < items.count, items[firstLive].time < milliseconds {
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
        func moved(_ places: PlaceList) -> PlaceList {
            guard places.contains(source) else { return places }
            var seen: Set<Int> = []
            return PlaceList(
                places.all.map { $0 == source ? target : $0 }.filter { seen.insert($0).inserted })
        }
        for index in items.indices where entries?.contains(items[index].entry) ?? true {
            items[index].developments = moved(items[index].developments)
        }
        for (entry, places) in carried where entries?.contains(entry) ?? true {
            carried[entry] = moved(places)
        }
    }

    /// One development more is known by this term.
    mutating func countMore(_ number: UInt32) { setSpread(number, terms.spread(number) + 1) }

    /// One development fewer is known by this term.
    mutating func countLess(_ number: UInt32) {
        guard terms.spread(number) > 0 else { return }
        setSpread(number, terms.spread(number) - 1)
    }

    private mutating func setSpread(_ number: UInt32, _ value: UInt32) {
        undo.spreads.append((number, terms.spread(number)))
        terms.setSpread(number, value)
    }

    /// The number of a term, a new one if it has none.
    mutating func numbered(_ key: UInt64) -> UInt32 { terms.numbered(key) }

    // MARK: Going back

    /// The state now. Taking it costs nothing.
    var mark: Mark {
        Mark(
            items: items.count, developments: developments.count, terms: terms.count, firstLive: firstLive,
            undo: undo.mark)
    }

    /// Goes back to the state at `mark`, if neither a ruling nor `reclaim` came since.
    mutating func restore(_ mark: Mark) {
        while items.count > mark.items {
            let slot = Int32(truncatingIfNeeded: items.count - 1)
            for term in items.removeLast().reading.terms.reversed() {
                terms.unlist(term.number, displaced: undo.takeDisplaced(number: term.number, by: slot))
            }
        }
        while undo.spreads.count > mark.undo.spreads, let (number, spread) = undo.spreads.popLast() {
            terms.setSpread(number, spread)
        }
        while undo.developments.count > mark.undo.developments, let (place, before) = undo.developments.popLast() {
            developments[place] = before
        }
        while undo.carried.count > mark.undo.carried, let (entry, before) = undo.carried.popLast() {
            carried[entry] = before
        }
        while developments.count > mark.developments {
            developmentPlaces[developments.removeLast().id] = nil
        }
        terms.truncate(to: mark.terms)
        firstLive = mark.firstLive
    }

    /// Gives the memory of expired entries back, and of what `restore` would need.
    mutating func reclaim() {
        while firstHeld < firstLive {
            items[firstHeld].reading = StoredReading()
            firstHeld += 1
        }
        undo = Undo()
    }
}

extension TopicState: Equatable {
    /// Whether two states know the same, however they came about.
    static func == (one: TopicState, other: TopicState) -> Bool {
        one.firstLive == other.firstLive && one.terms == other.terms && one.developments == other.developments
            && one.developmentPlaces == other.developmentPlaces && one.carried == other.carried
            && one.items.count == other.items.count
            && one.items.indices.allSatisfy { slot in
                var (item, twin) = (one.items[slot], other.items[slot])
                (item.reading, twin.reading) = (one.reading(of: slot), other.reading(of: slot))
                return item == twin
            }
    }
}
