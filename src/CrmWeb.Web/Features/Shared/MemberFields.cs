using CrmWeb.Data;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Web.Platform.Tenancy;

namespace CrmWeb.Web.Features.Shared;

/// <summary>The custom fields of this request or job. What the member may not see is not among those seen: so it is nowhere (T10).</summary>
public sealed class MemberFields(CrmDb db, CurrentMember me, CustomFieldCache cache)
{
    private CustomFieldSet? seen;

    public async Task<CustomFieldSet> Seen(CancellationToken stop) => seen ??= (await All(stop)).SeenBy(me.Roles);

    /// <summary>Those that nobody shows the member too: only for what the system does by itself, such as filling in what a new customer has.</summary>
    public Task<CustomFieldSet> All(CancellationToken stop) => cache.Of(db, me.Pass.FieldsVersion, stop);
}
