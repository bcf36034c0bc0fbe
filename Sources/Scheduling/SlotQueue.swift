/// First in, first out.
struct SlotQueue: Sendable {
    private var items: [Int] = []
    private var head = 0

    var isEmpty: Bool { head == items.count }

    mutating func append(_ slot: Int) {
        items.append(slot)
    }

    mutating func popFirst() -> Int? {
        guard head < items.count else { return nil }
        let slot = items[head]
        head += 1
        if head == items.count {
            items.removeAll(keepingCapacity: true)
            head = 0
        } else if head > 64, head * 2 > items.count {
            items.removeFirst(head)
            head = 0
        }
        return slot
    }
}
