using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmWeb.Data.Mappings;

internal sealed class ApiKeyMapping : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> key)
    {
        key.Property(k => k.Name).HasMaxLength(ApiKey.NameLength);
        key.Property(k => k.Scopes).HasMaxLength(ApiKey.ScopesLength);
        key.Property(k => k.Hash).HasMaxLength(ApiKey.HashLength);
        key.Property(k => k.Hint).HasMaxLength(ApiKey.HintLength);
        key.HasIndex(k => new { k.TenantId, k.Hash }).IsUnique();
        // a secret comes before a tenant is known
        key.HasIndex(k => k.Hash);
        key.HasIndex(k => new { k.TenantId, k.MemberId, k.Id });
        key.BelongsTo(k => k.Member, nameof(ApiKey.MemberId));
    }
}

internal sealed class IdempotencyKeyMapping : IEntityTypeConfiguration<IdempotencyKey>
{
    public void Configure(EntityTypeBuilder<IdempotencyKey> key)
    {
        key.Property(k => k.Key).HasMaxLength(IdempotencyKey.KeyLength);
        key.Property(k => k.Hash).HasMaxLength(IdempotencyKey.HashLength);
        key.Property(k => k.Location).HasMaxLength(IdempotencyKey.HeaderLength);
        key.Property(k => k.ETag).HasMaxLength(IdempotencyKey.HeaderLength);
        key.HasIndex(k => new { k.TenantId, k.ApiKeyId, k.Key }).IsUnique();
        key.HasIndex(k => k.CreatedAt);
        key.BelongsTo(k => k.ApiKey, nameof(IdempotencyKey.ApiKeyId));
    }
}
