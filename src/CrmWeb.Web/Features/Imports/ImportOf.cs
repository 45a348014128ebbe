using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Web.Platform.Jobs;
using CrmWeb.Web.Platform.Tenancy;

namespace CrmWeb.Web.Features.Imports;

/// <summary>What a file is of.</summary>
public enum ImportOf
{
    Customers = 0,
    Orders = 1,
    Interactions = 2,
}

/// <summary>What becomes of a code that no product has.</summary>
public enum UnknownProducts
{
    /// <summary>The product is made, with the price of the file.</summary>
    Make = 0,

    /// <summary>The line says it in words and belongs to no product.</summary>
    Describe = 1,

    /// <summary>The order does not come in.</summary>
    Refuse = 2,
}

/// <summary>What is not the same of all files.</summary>
internal static class ImportKinds
{
    /// <summary>What their columns may mean, in the order in which a form offers it.</summary>
    public static IEnumerable<string> Fields(this ImportOf what, CustomFieldSet custom) => what switch
    {
        ImportOf.Orders => OrderField.All,
        ImportOf.Interactions => InteractionField.All,
        _ => ImportField.All.Concat(custom.All.Select(field => field.Name)),
    };

    public static bool Knows(this ImportOf what, string field, CustomFieldSet custom) => what.Fields(custom).Contains(field, StringComparer.Ordinal);

    /// <summary>Whether one may bring such a file in, and take it back: who may import may not for that reason write what else they may not.</summary>
    public static bool MayImport(this CurrentMember me, ImportSettings settings) => me.May(Permissions.ImportCustomers) && settings.What switch
    {
        ImportOf.Orders => me.May(Permissions.EditSales) && (settings.UnknownProducts != UnknownProducts.Make || !settings.Fields.Contains(OrderField.Product) || me.May(Permissions.ManageProducts)),
        ImportOf.Interactions => me.May(Permissions.LogInteractions),
        _ => true,
    };

    /// <exception cref="JobFailedException">They may not, or no longer.</exception>
    public static void NeedImport(this CurrentMember me, ImportSettings settings)
    {
        if (!me.MayImport(settings)) throw new JobFailedException("The member who asked for this may no longer do it.");
    }

    /// <summary>The kind of job that does with this file what another one does with customers.</summary>
    public static string Job(this ImportOf what, string ofCustomers) => (what, ofCustomers) switch
    {
        (ImportOf.Customers, _) => ofCustomers,
        (ImportOf.Orders, CustomerImport.JobKind) => OrderImport.JobKind,
        (ImportOf.Orders, ImportCheck.JobKind) => OrderImportCheck.JobKind,
        (ImportOf.Orders, _) => OrderImportRevert.JobKind,
        (_, CustomerImport.JobKind) => InteractionImport.JobKind,
        (_, ImportCheck.JobKind) => InteractionImportCheck.JobKind,
        _ => InteractionImportRevert.JobKind,
    };
}
