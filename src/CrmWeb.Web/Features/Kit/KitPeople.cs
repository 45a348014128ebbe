using CrmWeb.Web.Features.Shared;

namespace CrmWeb.Web.Features.Kit;

/// <summary>Made-up customers for the examples.</summary>
public sealed record KitPerson(long Id, string Name, string Company, Badge Stage, string Phone, int Orders, int DaysAgo);

public static class KitPeople
{
    public static IReadOnlyList<KitPerson> All { get; } =
    [
        new(1, "Ava Karimi", "Blue Door Books", new("Customer", Tone.Good), "+98 21 8853 1200", 14, 0),
        new(2, "Jonas Lindqvist", "Fjord Instruments", new("Lead", Tone.Accent), "+46 8 123 456", 0, 1),
        new(3, "محمدرضا شفیعی", "پخش سپهر", new("Customer", Tone.Good), "+98 912 345 6789", 52, 3),
        new(4, "Marguerite Delacroix-Beaumont", "Société des Eaux Minérales du Haut-Languedoc", new("Lapsed", Tone.Warn), "+33 4 67 00 00 00", 3, 41),
        new(5, "Chen Wei", "Harbour Tools", new("Prospect"), "", 0, 5),
        new(6, "نگار احمدی", "", new("Customer", Tone.Good), "+98 935 000 1122", 7, 12),
    ];
}
