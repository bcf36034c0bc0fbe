/// Numbers of things in words that fit.
enum Quantity {
    /// `1 entry`, `2 entries`.
    static func phrase(_ number: Int, _ one: String, _ many: String) -> String {
        "\(number) \(number == 1 ? one : many)"
    }
}
