/// The version of both programs and of the control protocol's documents.
package enum NewswatchVersion {
    /// Semantic version, for example `0.1.0`.
    package static let current = "0.1.0"
}
