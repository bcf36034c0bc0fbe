/// Operations on ascending arrays without repeats.
enum SortedValues {
    /// How many values both have.
    static func shared<Value: FixedWidthInteger>(_ first: [Value], _ second: [Value]) -> Int {
        first.withUnsafeBufferPointer { first in
            second.withUnsafeBufferPointer { second in shared(first, second) }
        }
    }

    /// How many values both have.
    static func shared<Value: FixedWidthInteger>(
        _ first: UnsafeBufferPointer<Value>, _ second: UnsafeBufferPointer<Value>
    ) -> Int {
        var left = 0
        var right = 0
        var count = 0
        // Without a branch on the comparison, which no processor can predict here.
        while left < first.count, right < second.count {
            let a = first[left]
            let b = second[right]
            count += a == b ? 1 : 0
            left += a <= b ? 1 : 0
            right += b <= a ? 1 : 0
        }
        return count
    }
}
