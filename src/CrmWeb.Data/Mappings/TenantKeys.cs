using System.Linq.Expressions;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmWeb.Data.Mappings;

/// <summary>The fourth lock: rows point to each other by (TenantId, Id), so the database itself refuses a link across tenants.</summary>
internal static class TenantKeys
{
    public static void BelongsTo<TRow, TParent>(
        this EntityTypeBuilder<TRow> row, Expression<Func<TRow, TParent?>> parent, string key,
        Expression<Func<TParent, IEnumerable<TRow>?>>? children = null, DeleteBehavior onDelete = DeleteBehavior.NoAction)
        where TRow : class, ITenantOwned
        where TParent : TenantOwned
    {
        row.HasOne(parent).WithMany(children)
            .HasForeignKey(nameof(ITenantOwned.TenantId), key)
            .HasPrincipalKey(nameof(TenantOwned.TenantId), nameof(TenantOwned.Id))
            .OnDelete(onDelete);
    }

    /// <summary>Likewise, where the row knows the other one by its number only.</summary>
    public static void Names<TRow, TOther>(this EntityTypeBuilder<TRow> row, string key)
        where TRow : class, ITenantOwned
        where TOther : TenantOwned
    {
        row.HasOne<TOther>().WithMany()
            .HasForeignKey(nameof(ITenantOwned.TenantId), key)
            .HasPrincipalKey(nameof(TenantOwned.TenantId), nameof(TenantOwned.Id))
            .OnDelete(DeleteBehavior.NoAction);
    }
}
