/// Why a stored change cannot be read.
package enum StoryFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// The bytes end early.
    case truncated
    /// Written by a release that this one does not know.
    case unknownVersion(UInt8)
    /// The bytes are no change.
    case malformed(String)

    package var description: String {
        switch self {
        case .truncated: "stored change ends early; restore the database from a backup"
        case .unknownVersion(let version):
            "stored change has version \(version), which this release cannot read"
        case .malformed(let what): "stored change is damaged: \(what); restore the database from a backup"
        }
    }
}
