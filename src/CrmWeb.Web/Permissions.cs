using System.Collections.Frozen;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Web;

/// <summary>What a member may do. The names are the policies; which role has which is the one table below.</summary>
public static class Permissions
{
    public const string ReadCustomers = "customers.read";
    public const string EditCustomers = "customers.edit";
    public const string ExportCustomers = "customers.export";
    public const string ImportCustomers = "customers.import";
    public const string EditViews = "views.edit";
    public const string ShareViews = "views.share";
    public const string EditSegments = "segments.edit";
    public const string LogInteractions = "interactions.log";
    public const string EditTasks = "tasks.edit";
    public const string ReadSales = "sales.read";
    public const string EditSales = "sales.edit";
    public const string ManageProducts = "products.manage";
    public const string ManageKpis = "kpis.manage";
    public const string ReadCases = "cases.read";
    public const string EditCases = "cases.edit";
    public const string ManageMembers = "members.manage";
    public const string ManageTenant = "tenant.manage";
    public const string ReadInventory = "inventory.read";
    public const string ReadAudit = "audit.read";
    public const string RestoreRecords = "records.restore";

    private static readonly FrozenDictionary<Role, string[]> Table = new Dictionary<Role, string[]>
    {
        [Role.Admin] = [ReadCustomers, EditCustomers, ExportCustomers, ImportCustomers, EditViews, ShareViews, EditSegments, LogInteractions, EditTasks, ReadCases, EditCases, ReadSales, EditSales, ManageProducts, ManageKpis, ManageMembers, ManageTenant, ReadInventory, ReadAudit, RestoreRecords],
        [Role.Manager] = [ReadCustomers, EditCustomers, ExportCustomers, ImportCustomers, EditViews, ShareViews, LogInteractions, EditTasks, ReadCases, EditCases, ReadSales, EditSales, ManageProducts, ManageKpis, ReadInventory, ReadAudit, RestoreRecords],
        [Role.Marketer] = [ReadCustomers, EditViews, EditSegments, EditTasks, ReadCases, ReadSales],
        [Role.Sales] = [ReadCustomers, EditCustomers, EditViews, LogInteractions, EditTasks, ReadCases, ReadSales, EditSales],
        [Role.Service] = [ReadCustomers, EditViews, LogInteractions, EditTasks, ReadCases, EditCases, ReadSales],
        [Role.Viewer] = [ReadCustomers, EditViews, ReadCases, ReadSales],
    }.ToFrozenDictionary();

    public static IEnumerable<string> All => Table[Role.Admin];

    public static bool Allow(this Role roles, string permission) => roles.Split().Any(role => Table[role].Contains(permission, StringComparer.Ordinal));
}
