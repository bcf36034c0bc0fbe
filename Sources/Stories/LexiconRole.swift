/// General nouns that stand for an actor when no name does; each case is its own description.
package enum LexiconRole: String, Sendable, Hashable, Codable, CaseIterable {
    case ceo, chair, president, board, director, founder, executive
    case cto, investor, shareholder, employee, researcher, customer, partner
    case rival, company, regulator, government, minister, parliament, court
    case judge, prosecutor, police, army, lawyer, suspect, victim
    case union, party, candidate, team, coach, player, doctor
    case scientist, spokesperson, source, media, interim, successor, relative
    case student, passenger, resident

    /// Those who act together without being named; what one group does is not what another does.
    static let groups: [LexiconRole] = [
        .investor, .shareholder, .employee, .researcher, .customer, .partner, .rival, .regulator, .government,
        .parliament, .court, .prosecutor, .police, .army, .victim, .union, .party, .player, .doctor,
        .scientist,
        .media, .relative, .student, .passenger, .resident,
    ]

    /// Keys of `groups` among the actors of a reading.
    static let groupKeys = Set(groups.map(\.actorKey))

    /// Key of this role among the actors of a reading.
    var actorKey: UInt64 { FixedHash.of(2, FixedHash.of(rawValue.utf8)) }
}
