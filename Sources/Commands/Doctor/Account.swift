import Foundation

/// A user of the system and the groups it is in, as far as rights to files depend on them.
struct Account: Sendable, Equatable {
    /// Something that a mode grants: `r`, `w` or `x`.
    enum Right: UInt32, Sendable {
        case read = 4
        case write = 2
        /// To enter a folder, or run a program.
        case search = 1
    }

    let name: String
    let user: UInt32
    let groups: Set<UInt32>

    /// The account that the shipped service runs under (`systemd/newswatch.sysusers`).
    static let service = "newswatch"

    /// Whether the mode grants the right; access lists and security modules are not looked at. Root may do all.
    func may(_ right: Right, _ file: FileFacts) -> Bool {
        // Nobody may run what no bit says is a program.
        if user == 0 { return right != .search || file.kind == .folder || file.mode & 0o111 != 0 }
        let shift: UInt32 = user == file.owner ? 6 : groups.contains(file.group) ? 3 : 0
        return file.mode >> shift & right.rawValue != 0
    }

    /// The user that this process runs as.
    static func current() -> Account {
        account(getpwuid(geteuid()))
            ?? Account(
                name: "user \(geteuid())", user: geteuid(), groups: [getegid()])
    }

    /// Nil when the system has none of this name.
    static func named(_ name: String) -> Account? { account(getpwnam(name)) }

    /// Nil when the system has none of this number.
    static func numbered(_ user: UInt32) -> Account? { account(getpwuid(user)) }

    private static func account(_ entry: UnsafeMutablePointer<passwd>?) -> Account? {
        guard let entry, let name = entry.pointee.pw_name else { return nil }
        var count = maximumGroups
        var groups = [gid_t](repeating: 0, count: Int(count))
        // With more groups than fit, those that fit are filled in.
        let found = getgrouplist(name, entry.pointee.pw_gid, &groups, &count)
        return Account(
            name: String(cString: name), user: entry.pointee.pw_uid,
            groups: Set(groups.prefix(found >= 0 ? Int(found) : groups.count)))
    }

    /// More than any service account is in; Linux allows 65,536.
    private static let maximumGroups: Int32 = 256
}
