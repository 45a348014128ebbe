using System.Collections.Frozen;

namespace CrmWeb.Domain.Customers.Quality;

/// <summary>What a tenant holds for good data.</summary>
/// <param name="FreshDays">After so many days without an edit or a contact a record is stale.</param>
/// <param name="Needed">Names of fields that every record has to have; those that a custom field requires by itself are not among them.</param>
/// <param name="PastOnly">Names of custom dates that cannot lie in the future: a birthday.</param>
public sealed record QualityRules(int FreshDays, FrozenSet<string> Needed, FrozenSet<string> PastOnly)
{
    public static readonly QualityRules Usual = new(Tenants.Tenant.UsualFreshDays, [], []);
}

/// <summary>What is wrong with a record. It passes when nothing of this is.</summary>
public enum QualityGap
{
    /// <summary>A field that every record has to have is empty.</summary>
    Incomplete = 0,

    /// <summary>A value cannot be right.</summary>
    Invalid = 1,

    /// <summary>Neither edited nor contacted for as long as <see cref="QualityRules.FreshDays"/> says.</summary>
    Stale = 2,

    /// <summary>In an open pair of duplicates.</summary>
    Duplicate = 3,
}
