using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrmWeb.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AddInteractionIdsAndEndedWaits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "ExternalId",
                table: "Interactions",
                type: "TEXT",
                maxLength: 120,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "EndedWaitMinutes",
                table: "Cases",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "EndedWaitSince",
                table: "Cases",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_TenantId_ExternalId",
                table: "Interactions",
                columns: new[] { "TenantId", "ExternalId" },
                unique: true,
                filter: "\"ExternalId\" IS NOT NULL");

            migrationBuilder.AddCheckConstraint(
                name: "CK_Interactions_ExternalId_Length",
                table: "Interactions",
                sql: "length(\"ExternalId\") <= 120");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Interactions_TenantId_ExternalId",
                table: "Interactions");

            migrationBuilder.DropCheckConstraint(
                name: "CK_Interactions_ExternalId_Length",
                table: "Interactions");

            migrationBuilder.DropColumn(
                name: "ExternalId",
                table: "Interactions");

            migrationBuilder.DropColumn(
                name: "EndedWaitMinutes",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "EndedWaitSince",
                table: "Cases");
        }
    }
}
