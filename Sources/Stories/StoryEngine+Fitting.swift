extension StoryEngine {
    /// How an item compares with every development near it, for the script that fits the weights.
    package func comparisons(
        of item: PreparedItem, inTopic id: String
    ) -> [(development: DevelopmentID, values: [Double], score: Double)] {
        guard let index = topicIndex(id) else { return [] }
        return state(at: index).candidates(
            for: item.readings[index].reading, time: item.item.engineTime, settings: settings
        )
        .map { (state(at: index).developments[$0.place].id, $0.features.values, $0.score) }
    }

    /// The change that a labelled item makes when its developments are given instead of decided.
    package func change(
        labelling item: PreparedItem, number: EntryNumber, developments: [DevelopmentID], inTopic id: String
    ) -> Change {
        guard let index = topicIndex(id) else {
            return Change(entry: number, engineTime: item.item.engineTime, signatures: nil, topics: [])
        }
        let parts = developments.map {
            Change.Part(development: $0, isOpened: state(at: index).development($0) == nil)
        }
        return Change(
            entry: number, engineTime: item.item.engineTime, signatures: nil,
            topics: [
                Change.Topic(
                    topic: id, reading: item.readings[index].reading, parts: parts,
                    counts: !developments.isEmpty)
            ])
    }
}
