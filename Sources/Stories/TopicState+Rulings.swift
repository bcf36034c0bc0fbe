/// What operators say changes the memory as if the entries had been decided on that way.
extension TopicState {
    /// Counts everything that `absorbed` was told by into `kept`, which it is known as from now on. O(entries).
    mutating func merge(_ absorbed: DevelopmentID, into kept: DevelopmentID, settings: StorySettings) {
        guard let source = development(absorbed), let target = development(kept), source != target else {
            return
        }
        redirect(absorbed, from: source, to: target)
        let other = developments[source]
        developments[source] = Development(
            id: other.id, opened: other.opened, latest: other.latest, opener: other.opener)
        for (shape, weight) in other.shapes { developments[target].shapes[shape, default: 0] += weight }
        developments[target].shapeTotal += other.shapeTotal
        for entry in other.claimed.entries where !developments[target].claimed.add(entry) {
            countLess(entry.number)
        }
        for entry in other.named.entries { _ = developments[target].named.add(entry) }
        noteFigure(other.figure, of: target)
        for number in other.numbers { addNumber(number, to: target) }
        developments[target].memberCount += other.memberCount
        developments[target].opened = min(developments[target].opened, other.opened)
        developments[target].latest = max(developments[target].latest, other.latest)
        weigh(target, settings)
    }

    /// Takes what the entries said out of `source` and makes it a development of its own. What an entry said is not known
    /// any more once it left the copy window: then only its name moves. O(entries).
    mutating func split(
        _ entries: [EntryNumber], from source: DevelopmentID, as opened: DevelopmentID,
        settings: StorySettings
    ) {
        guard let from = development(source), development(opened) == nil, let first = entries.first else {
            return
        }
        let moved = Set(entries)
        let slots = items.indices.filter { moved.contains(items[$0].entry) && items[$0].developments.contains(from) }
        let times = slots.map { items[$0].time }
        let place = open(
            opened, at: times.min() ?? developments[from].opened,
            until: times.max() ?? developments[from].opened, by: first)
        for slot in slots {
            let reading = reading(of: slot).reading(terms)
            forget(reading, in: from, settings)
            remember(reading, in: place, at: items[slot].time, settings)
        }
        move(moved, from: from, to: place)
    }

    /// The claim that an entry's title tells, or its lead; nil for an entry that tells nothing, or is not known any more.
    func tellingClaim(of entry: EntryNumber) -> Claim? {
        let claims = items.lastIndex { $0.entry == entry }.map { reading(of: $0).claims } ?? []
        let news = claims.filter { $0.isNews && !$0.kind.isWeak }
        return news.first { $0.place == .title } ?? news.first { $0.place == .lead }
    }
}
