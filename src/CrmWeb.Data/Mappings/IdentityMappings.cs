using CrmWeb.Data.Identity;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmWeb.Data.Mappings;

internal sealed class AppUserMapping : IEntityTypeConfiguration<AppUser>
{
    // SQLite cannot compare a DateTimeOffset, and whether a login rests is asked in the statement that counts a try
    public void Configure(EntityTypeBuilder<AppUser> user) => user.Property(u => u.LockoutEnd).HasConversion(
        at => at!.Value.UtcDateTime, at => new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)));
}

internal sealed class RegistrationMapping : IEntityTypeConfiguration<Registration>
{
    public void Configure(EntityTypeBuilder<Registration> registration)
    {
        registration.Property(r => r.Email).HasMaxLength(OutgoingMail.ToLength);
        registration.Property(r => r.Organisation).HasMaxLength(Tenant.NameLength);
        registration.Property(r => r.Slug).HasMaxLength(Tenant.SlugLength);
        registration.Property(r => r.Name).HasMaxLength(Member.NameLength);
        registration.Property(r => r.Language).HasMaxLength(Tenant.LanguageLength);
        registration.Property(r => r.PasswordHash).HasMaxLength(Registration.PasswordHashLength);
        registration.Property(r => r.TokenHash).HasMaxLength(Registration.HashLength);
        registration.HasIndex(r => r.TokenHash).IsUnique();
        registration.HasIndex(r => r.Email);
    }
}

internal sealed class UserSessionMapping : IEntityTypeConfiguration<UserSession>
{
    public void Configure(EntityTypeBuilder<UserSession> session)
    {
        session.Property(s => s.Id).ValueGeneratedNever();
        session.Property(s => s.Device).HasMaxLength(UserSession.DeviceLength);
        session.HasOne(s => s.User).WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ProtectionKeyMapping : IEntityTypeConfiguration<ProtectionKey>
{
    public void Configure(EntityTypeBuilder<ProtectionKey> key)
    {
        key.Property(k => k.Name).HasMaxLength(ProtectionKey.NameLength);
        key.HasIndex(k => k.Name).IsUnique();
    }
}

internal sealed class OutgoingMailMapping : IEntityTypeConfiguration<OutgoingMail>
{
    public void Configure(EntityTypeBuilder<OutgoingMail> mail)
    {
        mail.Property(m => m.To).HasMaxLength(OutgoingMail.ToLength);
        mail.Property(m => m.Subject).HasMaxLength(OutgoingMail.SubjectLength);
        mail.Property(m => m.UnsubscribeUrl).HasMaxLength(OutgoingMail.UrlLength);
        mail.HasIndex(m => m.DueAt);
    }
}
