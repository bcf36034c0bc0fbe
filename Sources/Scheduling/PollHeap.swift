import Foundation

/// A binary heap of instants with a number each, earliest first; equal instants by number.
struct PollHeap: Sendable {
    struct Item: Sendable {
        var time: Date
        /// Index of a feed or host.
        var slot: Int
        /// What the slot's generation was on entry: an item of an older generation is void.
        var generation: Int

        static func precedes(_ a: Item, _ b: Item) -> Bool {
            a.time != b.time ? a.time < b.time : a.slot < b.slot
        }
    }

    private var items: [Item] = []

    var first: Item? { items.first }
    var count: Int { items.count }

    mutating func insert(_ item: Item) {
        items.append(item)
        var child = items.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard Item.precedes(items[child], items[parent]) else { break }
            items.swapAt(child, parent)
            child = parent
        }
    }

    mutating func removeFirst() -> Item? {
        guard let first = items.first else { return nil }
        let last = items.removeLast()
        if !items.isEmpty {
            items[0] = last
            sink()
        }
        return first
    }

    private mutating func sink() {
        var parent = 0
        while true {
            let left = 2 * parent + 1
            guard left < items.count else { return }
            let right = left + 1
            let child = right < items.count && Item.precedes(items[right], items[left]) ? right : left
            guard Item.precedes(items[child], items[parent]) else { return }
            items.swapAt(child, parent)
            parent = child
        }
    }
}
