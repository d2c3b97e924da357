//! What a name may be.

/// The label of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Label {
    /// People.
    Person,
    /// Companies, agencies, parties, armed groups, teams.
    Org,
    /// Countries, cities, and what else has a government.
    Gpe,
    /// Seas, rivers, mountains, continents, regions.
    Loc,
    /// Buildings, airports, bridges, roads.
    Fac,
    /// Nationalities, religions, political groups.
    Norp,
    /// Wars, battles, storms, games.
    Event,
    /// Weapons, vehicles, devices.
    Product,
}

impl Label {
    /// All of them.
    pub const ALL: [Label; 8] =
        [Self::Person, Self::Org, Self::Gpe, Self::Loc, Self::Fac, Self::Norp, Self::Event, Self::Product];

    /// Its name, as OntoNotes has it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "PERSON",
            Self::Org => "ORG",
            Self::Gpe => "GPE",
            Self::Loc => "LOC",
            Self::Fac => "FAC",
            Self::Norp => "NORP",
            Self::Event => "EVENT",
            Self::Product => "PRODUCT",
        }
    }

    /// What it stands for, in words.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Person => "people",
            Self::Org => "companies, agencies, parties, armed groups, teams",
            Self::Gpe => "countries, cities, states: places with a government",
            Self::Loc => "other places: seas, rivers, mountains, continents, regions",
            Self::Fac => "buildings, airports, bridges, roads",
            Self::Norp => "nationalities, religions, political groups",
            Self::Event => "wars, battles, storms, games",
            Self::Product => "weapons, vehicles, devices",
        }
    }

    /// The label of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|label| label.as_str() == name)
    }

    /// Whether it is a place.
    #[must_use]
    pub fn is_place(self) -> bool {
        matches!(self, Self::Gpe | Self::Loc | Self::Fac)
    }
}
