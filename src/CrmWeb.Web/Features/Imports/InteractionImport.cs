using CrmWeb.Data;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;

namespace CrmWeb.Web.Features.Imports;

/// <summary>Files of interactions.</summary>
internal sealed class InteractionWork(CrmDb db, CurrentMember me, ImportSettings settings, ImportFields fields) : RowWork<InteractionRead>
{
    private readonly HashSet<UInt128> pretended = [];
    private IReadOnlyDictionary<string, long> members = new Dictionary<string, long>(StringComparer.Ordinal);

    public override async Task Prepare(CancellationToken stop)
    {
        if (settings.Fields.Contains(InteractionField.Member)) members = (await ImportSource.People(db, me, fields.Seen, stop)).Members;
    }

    public override IEnumerable<FileRow[]> Groups(ImportTable table) => table.Rows().Select(row => new[] { row });

    public override Converter<FileRow[], InteractionRead> Reader()
    {
        var rows = new InteractionRows(new RowText(settings, me.Pass.Country, me.TimeZone, me.TenantZone), members, me.Now, me.TenantDay(me.Now));
        return read => rows.Read(read[0]);
    }

    public override async Task<RowPlan> Plan(IReadOnlyList<InteractionRead> read, CancellationToken stop) => await new InteractionPlanning(db, me, settings, fields, pretended).Plan(read, stop);

    public override void Pretend(RowPlan plan) => pretended.UnionWith(((InteractionPlan)plan).New.Select(row => InteractionPlanning.KeyOf(row.Read)));
}

internal sealed class InteractionImport(CrmDb db, CurrentMember me, MemberFields memberFields, ImportFiles files, TimeProvider clock) : RowImport<InteractionRead>(db, me, memberFields, files, clock)
{
    public const string JobKind = "run-interaction-import";

    public override string Kind => JobKind;

    protected override RowWork<InteractionRead> Work(CrmDb db, CurrentMember me, ImportSettings settings, ImportFields fields, long importId) => new InteractionWork(db, me, settings, fields);
}

internal sealed class InteractionImportCheck(CrmDb db, CurrentMember me, MemberFields memberFields, ImportFiles files) : RowImportCheck<InteractionRead>(db, me, memberFields, files)
{
    public const string JobKind = "check-interaction-import";

    public override string Kind => JobKind;

    protected override RowWork<InteractionRead> Work(CrmDb db, CurrentMember me, ImportSettings settings, ImportFields fields, long importId) => new InteractionWork(db, me, settings, fields);
}

internal sealed class InteractionImportRevert(CrmDb db, CurrentMember me, ImportFiles files, TimeProvider clock) : RowImportRevert(db, me, files, clock)
{
    public const string JobKind = "revert-interaction-import";

    public override string Kind => JobKind;

    protected override Task<long> CountRows(long importId, CancellationToken stop) => Db.CountImportedContacts(importId, stop);

    protected override Task<(long Last, int Removed)> Remove(long importId, long afterId, CancellationToken stop) => Db.RemoveImportedContacts(importId, afterId, Batch, stop);
}
