import Foundation

/// How an entry and a development agree and contradict; each 0…1 unless said.
struct Features: Sendable, Equatable {
    /// Rarity-weighted cosine of words, names, numbers and actors with the nearest member.
    var nearest = 0.0
    /// The same over the nearest three.
    var average = 0.0
    /// Overlap of the kinds of event.
    var kinds = 0.0
    /// Cosine of kinds, actors and their pairs with the development's, by rarity among developments.
    var claims = 0.0
    /// Share of the entry's actors and names, by rarity among developments, that the development has.
    var actors = 0.0
    /// Whether a telling number is shared.
    var numbers = 0.0
    /// Whether both have telling numbers and none is shared.
    var numbersDiffer = 0.0
    /// log(1 + days) since the development's last entry.
    var quiet = 0.0
    /// Whether both have kinds and share none.
    var kindsDiffer = 0.0
    /// Whether the entry tells the opposite of it about the same actor.
    var opposite = 0.0
    /// Whether the foremost kinds are the same.
    var sameKind = 0.0
    /// Share of the title's names, by rarity, that the development lacks.
    var otherActors = 0.0
    /// Overlap of the telling people whom the titles name as part of the news, by rarity.
    var subjects = 0.0
    /// Whether the title names telling people of whom the development knows none.
    var subjectsDiffer = 0.0
    /// Whether both titles name the same group: employees, researchers, investors.
    var groups = 0.0
    /// Whether the title names a group, and the development another one only.
    var groupsDiffer = 0.0
    /// Share of the entry's kinds that the development tells with some weight, whatever else it tells.
    var told = 0.0
    /// Share of the title's pairs of kind and actor, by rarity, that the development has.
    var pairs = 0.0
    /// Cosine of the title with that of the nearest member.
    var titles = 0.0
    /// How little text there is to compare, 1 for a bare headline, towards 0 for a long article.
    var brevity = 0.0
    /// Overlap of kinds that are kin to each other, beyond those that are the same.
    var kin = 0.0
    /// Share of the names that its reports mostly have, by rarity, that the entry has.
    var marks = 0.0
    /// Whether most of its reports agree on a telling number and the entry has others only.
    var figuresDiffer = 0.0
    /// Whether both state a day of the year, two days apart at most.
    var daysShared = 0.0
    /// Whether both state the same year.
    var yearsShared = 0.0
    /// Whether both state days or years, and none alike.
    var datesDiffer = 0.0
    /// Whether both state days of the week and none is shared.
    var weekdaysDiffer = 0.0
    /// `nearest` on a logarithmic scale: among faint likenesses the difference counts too.
    var nearestFaint: Double { log(1 + nearest / 0.02) / log(51) }
    /// Words say less, and claims more, the shorter the texts are.
    var nearestInBrief: Double { nearest * brevity }
    /// The same for claims.
    var claimsInBrief: Double { claims * brevity }
    /// The same for kinds.
    var kindsInBrief: Double { kinds * brevity }
    /// Two agreements at once: kinds and subjects.
    var kindsAndActors: Double { (kinds * subjects).squareRoot() }
    /// Two agreements at once: words and kinds.
    var textAndKinds: Double { (nearest * kinds).squareRoot() }
    /// Two agreements at once: words and actors.
    var textAndActors: Double { (nearest * actors).squareRoot() }

    /// Without what these layers say.
    mutating func leaveOut(_ layers: [StoryLayer]) {
        for layer in layers {
            switch layer {
            case .claims:
                kinds = 0
                claims = 0
                kindsDiffer = 0
                sameKind = 0
                kin = 0
                told = 0
                pairs = 0
            case .numbers:
                numbers = 0
                numbersDiffer = 0
                figuresDiffer = 0
            case .opposites: opposite = 0
            case .time:
                quiet = 0
                daysShared = 0
                yearsShared = 0
                datesDiffer = 0
                weekdaysDiffer = 0
            case .identity, .copies, .rarity: break
            }
        }
    }

    var values: [Double] {
        [
            nearest, average, kinds, claims, actors, numbers, numbersDiffer, quiet, kindsDiffer, opposite,
            sameKind,
            otherActors, subjects, subjectsDiffer, kindsAndActors, textAndKinds, textAndActors,
            brevity, nearestInBrief, claimsInBrief, kindsInBrief, kin, titles, nearestFaint, groups,
            groupsDiffer,
            told, pairs, marks, figuresDiffer, daysShared, yearsShared, datesDiffer, weekdaysDiffer,
        ]
    }

    /// Logistic score, 0…1; a contradiction bounds it, other people only where the texts are not alike, another kind of
    /// event where there is hardly a word beside it and the names.
    func score(_ settings: StorySettings) -> Double {
        let isNewPhase = quiet > log(1 + settings.phaseDays)
        let isOfOthers = subjectsDiffer > 0 && nearest * (1 - brevity) < settings.alike
        let isOfOtherKind = kindsDiffer > 0 && brevity > settings.bareHeadline
        if opposite > 0 || isNewPhase || isOfOthers || isOfOtherKind {
            return min(logistic(settings), settings.contradicted)
        }
        return logistic(settings)
    }

    private func logistic(_ settings: StorySettings) -> Double {
        var sum = settings.bias
        for (value, weight) in zip(values, settings.weights) { sum += value * weight }
        return 1 / (1 + exp(-sum))
    }
}
