/// General nouns that stand for an actor when no name does; each case is its own description.
package enum LexiconRole: String, Sendable, Hashable, Codable, CaseIterable {
    case ceo, chair, president, board, director, founder, executive
    case cto, investor, shareholder, employee, researcher, customer, partner
    case rival, company, regulator, government, minister, parliament, court
    case judge, prosecutor, police, army, lawyer, suspect, victim
    case union, party, candidate, team, coach, player, doctor
    case scientist, spokesperson, source, media, interim, successor, relative
    case student, passenger, resident
}
