using CrmWeb.Data;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;

namespace CrmWeb.Web.Features.Imports;

/// <summary>Files of orders.</summary>
internal sealed class OrderWork(CrmDb db, CurrentMember me, ImportSettings settings, ImportFields fields, long importId) : RowWork<OrderRead>
{
    public override IEnumerable<FileRow[]> Groups(ImportTable table) => OrderGroups.Of(table, settings);

    public override Converter<FileRow[], OrderRead> Reader() => new OrderRows(settings, me.Pass.Currency, new RowText(settings, me.Pass.Country, me.TimeZone, me.TenantZone)).Read;

    public override async Task<RowPlan> Plan(IReadOnlyList<OrderRead> read, CancellationToken stop) => await new OrderPlanning(db, me, settings, fields, importId).Plan(read, stop);
}

internal sealed class OrderImport(CrmDb db, CurrentMember me, MemberFields memberFields, ImportFiles files, TimeProvider clock) : RowImport<OrderRead>(db, me, memberFields, files, clock)
{
    public const string JobKind = "run-order-import";

    public override string Kind => JobKind;

    protected override RowWork<OrderRead> Work(CrmDb db, CurrentMember me, ImportSettings settings, ImportFields fields, long importId) => new OrderWork(db, me, settings, fields, importId);
}

internal sealed class OrderImportCheck(CrmDb db, CurrentMember me, MemberFields memberFields, ImportFiles files) : RowImportCheck<OrderRead>(db, me, memberFields, files)
{
    public const string JobKind = "check-order-import";

    public override string Kind => JobKind;

    protected override RowWork<OrderRead> Work(CrmDb db, CurrentMember me, ImportSettings settings, ImportFields fields, long importId) => new OrderWork(db, me, settings, fields, importId);
}
